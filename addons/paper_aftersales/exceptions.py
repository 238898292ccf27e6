"""One named error per rule of the after-sales work."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class VisitRightError(PaperError, AccessError):
    """A step of a quality visit was about to be taken by another department than quality (R7.2.1)."""


class VisitFindingsMissingError(PaperError):
    """A quality visit was about to be closed without its findings (R7.2.1)."""


class VisitStateError(PaperError):
    """A quality visit cannot go from its state to the wanted one, or is closed and stays as it is (R7.3.1)."""


class TicketOrderError(PaperError):
    """A ticket names an order, line or lot that is not its customer's (R7.1.1)."""


class TicketClosedError(PaperError):
    """What a closed ticket says was about to be changed, or a ticket was about to be deleted or archived (R7.3.1)."""


class TicketAnswerError(PaperError):
    """A question to a department about a complaint was about to be asked or answered by somebody who may not (R7.1.2)."""


class TicketSeverityError(PaperError):
    """A complaint that was reported to the management was about to be judged less serious, or put away, without it (R7.1.2)."""


class TicketResultMissingError(PaperError):
    """A serious complaint was about to be closed without its solution (R7.1.2)."""
