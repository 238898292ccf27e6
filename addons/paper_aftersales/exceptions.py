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


class ClaimRollError(PaperError):
    """A complaint named a roll that was never shipped to its customer (R7.1.1)."""


class ClaimQuantityError(PaperError):
    """More kilograms were claimed than were shipped, or the same kilograms twice (R7.1.1)."""


class CaseMeetingError(PaperError):
    """A meeting about a complaint was about to be held without minutes or without anybody present (R7.1.2)."""


class CaseDecisionError(PaperError):
    """A complaint was about to be decided on without words, or before the departments had met (R7.1.2)."""


class CaseDecisionRightError(PaperError, AccessError):
    """Somebody was about to decide on a complaint who may not, or beyond the limit (R7.1.2)."""


class SettlementError(PaperError):
    """A complaint was about to be settled by what does not belong to it (R7.1.2)."""


class SettlementAmountError(PaperError):
    """More was about to be settled than the decision allows, or than was invoiced (R7.1.2)."""


class CustomerNoticeError(PaperError):
    """A complaint was about to go on without the customer hearing of it (R7.1.2)."""


class ArchiveExportError(PaperError):
    """An export of the archive cannot be made as it was asked for (R7.3.1)."""


class VisitFindingError(PaperError):
    """A finding of a visit was about to be closed without what was done, or without telling the customer (R7.2.2)."""


class FeedbackPhotoError(PaperError):
    """What was sent as a photo is none, or too large (R7.1.1)."""


class SummaryError(PaperError):
    """A summary of after-sales was about to be issued without its written parts, or changed after that (R7.3.2)."""
