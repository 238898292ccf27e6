"""One named error per rule, so that callers and tests know the rule and not its wording."""

from odoo.exceptions import UserError


class PaperError(UserError):
    """Any rule of the paper order regulation that was refused."""


class SpecLockedError(PaperError):
    """A specification that a contract in force refers to was about to be changed (R4.1.3)."""


class SpecGeometryError(PaperError):
    """The figures of a specification contradict each other."""


class PaperAmountError(PaperError):
    """A quantity, weight or price of paper was about to be below zero."""


class PaperInvoicingError(PaperError):
    """A product of paper was about to be invoiced by what was ordered instead of by what was delivered."""


class QuantityConversionError(PaperError):
    """A quantity cannot be expressed in the asked unit."""


class SpecIncompleteError(QuantityConversionError):
    """A quantity cannot be expressed yet: the specification lacks a figure on the way."""


class ClockError(PaperError):
    """A deadline was about to be moved by hand instead of by its engine."""


class OverrideRefusedError(PaperError):
    """A blocker was about to be overridden without the role, the reason or the right to."""


class OrderBlockedError(PaperError):
    """Something still stands in the way of a step of an order.

    ``step`` is the refused step, ``blockers`` maps each blocked order to its list of blockers.
    """

    step = None

    def __init__(self, message, blockers=None):
        super().__init__(message)
        self.blockers = blockers or {}


class EvaluateBlockedError(OrderBlockedError):
    step = "evaluate"


class ContractBlockedError(OrderBlockedError):
    step = "contract"


class ConfirmBlockedError(OrderBlockedError):
    step = "confirm"


class ChangeBlockedError(OrderBlockedError):
    step = "change"


class PlanBlockedError(OrderBlockedError):
    step = "plan"


class ProduceBlockedError(OrderBlockedError):
    step = "produce"


class DispatchBlockedError(OrderBlockedError):
    step = "dispatch"


STEP_ERRORS = {error.step: error for error in OrderBlockedError.__subclasses__()}
