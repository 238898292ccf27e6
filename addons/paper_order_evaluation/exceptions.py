"""One named error per rule of the evaluation, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError, RecordBusyError


class EvaluationRefusedError(PaperError):
    """An order cannot be submitted, or its evaluation cannot be changed by this person or in this state (R3.3.1)."""


class EvaluationFrozenError(EvaluationRefusedError):
    """A decision of the panel, or the figures that it was made on, was about to be changed (R3.3.1)."""


class AlreadyDecidedError(EvaluationRefusedError):
    """A panel was about to be closed that somebody else closed before (R3.3.1)."""


class EvaluationBusyError(EvaluationRefusedError, RecordBusyError):
    """Two people work on the same panel at the same moment; the second one is told so (R3.3.1)."""


class PanelIncompleteError(PaperError):
    """The panel was about to be closed while opinions are owed or given on an order that changed since (R3.3.1)."""


class DimensionError(PaperError):
    """A dimension of the panel cannot be called so, answered by that department, or deleted (R3.3.1)."""


class WrongDepartmentError(PaperError):
    """Somebody outside the department of a dimension was about to give its opinion (R3.3.1)."""


class OpinionFrozenError(PaperError):
    """An opinion that was given, or the evidence behind it, was about to be changed (R3.3.1)."""


class OpinionIncompleteError(PaperError):
    """An opinion lacks its verdict, or the reason for anything but a plain yes (R3.3.2 - R3.3.5)."""


class QuotationRefusedError(PaperError):
    """A request for quotation was asked for by somebody else than purchasing, or where nothing is left to ask (R3.3.3)."""


class DevelopmentPlanError(PaperError):
    """A development plan was to be started without milestones, or moved on against its state (R3.3.4)."""


class UnclearProposalError(PaperError):
    """Several opinions were about to be given at once, and none of them is a clear case (R3.3.1)."""


class PanelSeatsError(PaperError):
    """One person was about to speak for more seats of a panel than the company allows (R3.3.1)."""


class QuestionError(PaperError):
    """A question to the customer cannot be asked or answered by this person or in this state (R3.3.1)."""


class LetterError(PaperError):
    """The letter to the customer cannot be sent, or is sent already (R3.4)."""


class AlternativeError(PaperError):
    """An alternative cannot be changed by this person, or was offered already (R3.4)."""


class OfferClosedError(PaperError):
    """The customer answers an offer that is answered, withdrawn or expired (R3.4)."""


class PriceRoundError(PaperError):
    """A round on price or cost cannot be opened, continued or ended by this person or in this state (R3.3.5)."""


class MarginTooLowError(PriceRoundError):
    """A round was about to end as agreed below the lowest margin without the management (R3.3.5)."""
