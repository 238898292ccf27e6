"""One named error per rule of trim planning (R5.1.1)."""

from odoo.addons.paper_base.exceptions import PaperError


class TrimStateError(PaperError):
    """A trim problem was about to take a step that does not follow its state, or to be changed while it is computed."""


class TrimRightError(PaperError):
    """Somebody outside of planning was about to plan the trim."""


class TrimEmptyError(PaperError):
    """There is nothing to cut, or no winder to cut it on."""


class TrimMixedError(PaperError):
    """Items of different papers were about to be cut from one web."""


class TrimFaultError(PaperError):
    """A result was about to be chosen, or patterns kept, that break a limit of the winder or of an order."""


class TrimStaleError(PaperError):
    """A result was about to be chosen although an order has changed since, or is cut by another chosen result."""


class TrimTypingError(PaperError):
    """Patterns were typed that cannot be read."""
