"""One named error per rule of the evaluation, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError


class EvaluationRefusedError(PaperError):
    """An order cannot be submitted, or its evaluation cannot be changed by this person or in this state (R3.3.1)."""


class PanelIncompleteError(PaperError):
    """The panel was about to be closed while opinions are owed or given on an order that changed since (R3.3.1)."""


class WrongDepartmentError(PaperError):
    """Somebody outside the department of a dimension was about to give its opinion (R3.3.1)."""


class OpinionFrozenError(PaperError):
    """An opinion that was given, or the evidence behind it, was about to be changed (R3.3.1)."""


class OpinionIncompleteError(PaperError):
    """An opinion lacks its verdict, or the reason for anything but a plain yes (R3.3.2 - R3.3.5)."""


class CapabilityError(PaperError):
    """What was written of a machine cannot be: a range that runs backwards, a size that is no number (R3.3.4)."""


class QuotationRefusedError(PaperError):
    """A request for quotation was asked for by somebody else than purchasing, or where nothing is left to ask (R3.3.3)."""


class DevelopmentPlanError(PaperError):
    """A development plan was to be started without milestones, or moved on against its state (R3.3.4)."""
