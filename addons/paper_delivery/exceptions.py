"""One named error per rule of the delivery."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class DispatchRightError(PaperError, AccessError):
    """A step of the delivery was about to be taken by another department than the one that takes it (R6.2)."""


class NothingToDispatchError(PaperError):
    """An order has no open delivery that a dispatch notice could announce (R6.2.1)."""


class NoticeIncompleteError(PaperError):
    """A dispatch notice lacks what R6.2.1 asks for: goods, quantity, place or time."""


class NoticeLateError(PaperError):
    """A dispatch notice comes later than the days ahead that R6.2.1 asks for, and says no reason."""


class NoticeStateError(PaperError):
    """A dispatch notice cannot go from its state to the wanted one, or is fixed in its state (R6.2.1)."""


class NoticeDateError(PaperError):
    """A dispatch notice was about to announce goods for a day that is over (R6.2.1)."""


class NoticeMixedError(PaperError):
    """A dispatch notice was about to hold goods, or a place, of another order or delivery (R6.2.1)."""


class NoticeQuantityError(PaperError):
    """More was about to be announced than the order leaves open, beyond what the customer accepts (R6.2.1)."""


class PlanIncompleteError(PaperError):
    """A dispatch was about to be planned without vehicle, driver or a date in time (R6.2.1)."""


class LoadingDifferenceError(PaperError):
    """What is loaded is not what the dispatch notice says (R6.2.2)."""


class PackingIncompleteError(PaperError):
    """The packing against damp, shock and theft was not ticked off (R6.2.2)."""


class ProofError(PaperError):
    """A proof of delivery is incomplete, comes twice or at the wrong moment (R6.3.1)."""


class EarlyDeliveryError(PaperError):
    """Goods were about to be sent well before the promised day without the customer's recorded consent (R6.2.1)."""


class VehicleError(PaperError):
    """A vehicle or driver was about to be on two trips at once, or a vehicle to carry more than it may (R6.2.1)."""


class TripError(PaperError):
    """A trip cannot go from its state to the wanted one, or holds what does not go with it (R6.2.1)."""


class NotOnHandError(PaperError):
    """More of a roll was about to be loaded than lies there (R6.2.2)."""


class LoadingPersonError(PaperError):
    """Whoever picked the goods was about to check their loading, too (R6.2.2)."""


class ProofCorrectionError(PaperError):
    """A proof of delivery was about to be corrected by who recorded it, or without a reason (R6.3.1)."""


class DeliveryEventError(PaperError):
    """What a phone reported of a delivery cannot be read, or is of other goods than it carries (R6.3.1)."""
