"""One named error per rule of quality (R5.3.2, R6.1.1)."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class InspectionRightError(PaperError, AccessError):
    """A step of an inspection was about to be taken by somebody outside of the quality department (R5.3.2)."""


class InspectionMissingError(PaperError):
    """Paper was about to enter stock without a passed final inspection (R6.1.1)."""


class NothingMadeError(PaperError):
    """A final inspection was about to be concluded before anything was made (R6.1.1)."""


class FailedLotError(PaperError):
    """A lot that failed its inspection was about to go to a customer or the next operation (R5.3.2)."""


class InspectionEmptyError(PaperError):
    """An inspection without a single question was about to be confirmed."""


class InspectionFigureError(PaperError):
    """An inspection was about to be confirmed with a figure that no paper has (R6.1.1)."""


class InspectionIncompleteError(PaperError):
    """An inspection was about to be confirmed with a question left open."""


class InspectionStateError(PaperError):
    """The state or the result of an inspection was about to be changed by another way than its steps."""


class InspectionClosedError(PaperError):
    """A confirmed inspection was about to be changed."""


class CertificateRefusedError(PaperError):
    """A certificate of analysis was asked for goods that have not passed their final inspection (R6.1.1)."""


class CorrectionMissingError(PaperError):
    """Failed paper was about to be inspected again before cause and corrective action were recorded (R5.3.2)."""


class UninspectedLotError(FailedLotError):
    """A lot that has not passed an inspection was about to go to a customer, or out of quarantine (R6.1.1)."""


class PaperPassageError(PaperError):
    """Paper was about to leave or enter by a way that this person may not take, or without a reason (R6.1, R6.2)."""


class PaperPermitError(PaperPassageError, AccessError):
    """A transfer was about to be permitted by another department than the one that may (R6.2)."""


class MovedGoodsError(PaperError):
    """What has moved was about to be changed, or goods said to have moved that did not (R6.1, R6.2)."""


class PaperPlaceError(PaperError):
    """A place was about to become another kind of place while paper lies there, or a quarantine to be moved."""


class InstrumentError(PaperError):
    """A reading was about to be taken with an instrument whose calibration has run out, or that answers nothing (R5.3.2)."""


class ReadingError(PaperError):
    """A reading was about to be kept that is no number, is far from its target, or is of another roll (R5.3.2)."""


class ReadingsMissingError(InspectionIncompleteError):
    """An inspection was about to be confirmed with fewer specimens than its test asks for (R5.3.2)."""


class LimitMissingError(InspectionIncompleteError):
    """A figure was about to pass that has neither a limit nor the quality department's word that it needs none (R6.1.1)."""


class RetestError(CorrectionMissingError):
    """What failed was about to be inspected again outside of the plan for retests (R5.3.2)."""


class SamplingError(PaperError):
    """A sampling plan was asked for that its table does not hold, or a sample was not what the plan says (R5.3.2)."""


class ControlError(PaperError):
    """Work, goods or paper were about to go on without the inspection of a control point, or after it failed (R5.3.2)."""


class NonconformityError(PaperError):
    """A nonconformity was about to be closed without cause, action, disposition or effect, or by the same person (R5.3.2)."""


class ConcessionError(NonconformityError):
    """Paper that failed was about to be let through without the customer's consent (R5.3.2)."""


class CertificateSealedError(PaperError):
    """An issued certificate of analysis was about to be changed (R6.1.1)."""
