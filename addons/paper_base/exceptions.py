"""One named error per rule, so that callers and tests know the rule and not its wording."""

from odoo.exceptions import AccessError, LockError, UserError

# The web client finds the dialog of refusals under this name (static/src/refusal/refusal.js).
REFUSAL = "paper_base.refusal"


class PaperError(UserError):
    """Any rule of the paper order regulation that was refused.

    The web client shows the sentence, and one button for each way out, whatever the class is called.

    :param message: what is wrong, on which record, and what to do
    :param action: action that leads to the way out, if there is one and the user may open it
    :param label: text of its button; the name of the action if left out
    """

    def __init__(self, message, action=None, label=None):
        super().__init__(message)
        self.title = None
        self.items = [{"message": message, "action": action, "label": label}] if action else []

    @property
    def context(self):
        """What is sent to the web client beside the message, see ``odoo.http.serialize_exception``."""
        return {"exception_class": REFUSAL, "refusal": {"title": self.title, "items": self.items}}


class SpecLockedError(PaperError):
    """A specification that a contract in force refers to was about to be changed (R4.1.3)."""


class GradeInUseError(PaperError):
    """The name or standard of a grade that a contract in force speaks of was about to be changed (R4.1.3)."""


class SpecGeometryError(PaperError):
    """The figures of a specification contradict each other."""


class PaperAmountError(PaperError):
    """A quantity, weight or price of paper was about to be below zero."""


class PaperInvoicingError(PaperError):
    """A product of paper was about to be invoiced by what was ordered instead of by what was delivered."""


class PaperProductError(PaperError):
    """A product was about to become paper, or to be none any more, under orders of it that are open."""


class OrderTypeError(PaperError):
    """An order was about to have a type that does not go with its customer or its goods (R2)."""


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

    ``step`` is the refused step, ``blockers`` maps each blocked order to its list of blockers. Raised with what
    ``sale.order._blocked_error`` returns, so that each blocker comes with its way out.

    :param title: sentence above the list of what stands in the way
    :param items: dictionaries with ``heading`` (the order), ``message``, ``action`` (False if none) and ``label``
    """

    step = None

    def __init__(self, message, blockers=None, title=None, items=()):
        super().__init__(message)
        self.blockers = blockers or {}
        self.title = title
        self.items = list(items)


class EvaluateBlockedError(OrderBlockedError):
    step = "evaluate"


class ContractBlockedError(OrderBlockedError):
    step = "contract"


class ConfirmBlockedError(OrderBlockedError):
    step = "confirm"


class ChangeBlockedError(OrderBlockedError):
    step = "change"


class SupplementBlockedError(OrderBlockedError):
    step = "supplement"


class CancelBlockedError(OrderBlockedError):
    step = "cancel"


class PlanBlockedError(OrderBlockedError):
    step = "plan"


class ProduceBlockedError(OrderBlockedError):
    step = "produce"


class DispatchBlockedError(OrderBlockedError):
    step = "dispatch"


STEP_ERRORS = {error.step: error for error in OrderBlockedError.__subclasses__()}


class StepStateError(PaperError):
    """A document was about to be taken to a state that does not follow its own."""


class StepRightError(PaperError):
    """Somebody was about to take a step that another department takes."""


class OrderRightError(PaperError, AccessError):
    """Somebody who only reads orders was about to make, change or delete one (R4.2.2)."""


class StepFieldError(PaperError):
    """Something was about to be written by hand that only the steps of the document write."""


class EvidenceError(PaperError):
    """A document, a file or a message that is evidence was about to be deleted, replaced, moved or published."""


class VoiceError(PaperError):
    """Something was about to be written in the name of somebody else, or as of another day."""


class RecordUsedError(PaperError):
    """A record was about to be deleted that others name."""


class MergeError(PaperError):
    """Contacts were about to be merged of which something settled names the one that would go."""


class PseudonymError(PaperError):
    """The personal data of somebody who still works here, or is still served, was about to be replaced."""


class ImplausibleValueError(PaperError):
    """A figure or a date was about to be kept that cannot be meant: a million tonnes times a thousand, the year 9999."""


class UnreadableInputError(PaperError):
    """A request holds what cannot be read: a value of another kind than is asked for, or one that nothing keeps."""

    http_status = 400


class RecordBusyError(PaperError, LockError):
    """A step was about to be taken with a record that somebody else takes one with at this moment."""


class DelegationError(PaperError):
    """A seat was about to be handed to somebody who may not have it, or for days that are taken (R3.3.1, R4.1.2)."""


class DelegationRightError(DelegationError):
    """Somebody was about to enter another person's absence."""


class OwnStandInError(DelegationError):
    """Somebody was about to stand in for himself."""


class DelegationLoopError(DelegationError):
    """Stand-ins were about to stand in for each other on the same days, so that nobody is here."""


class StandInAuthorError(DelegationError):
    """A stand-in was about to decide what he, or who he stands in for, wrote or submitted."""


class ReasonError(PaperError):
    """A step was about to be taken without its reason, or by a dialog that does not ask for this step's reason."""


class DeskError(PaperError):
    """A desk that is not the person's, or a row of it that waits no longer."""


class PortalRightError(PaperError, AccessError):
    """A person of a customer was about to see or do what is another's of the company, or somebody outside of sales was
    about to change these rights."""


class PartnerChangeError(PaperError):
    """A change that a customer asked for was about to be decided twice, or refused without a reason."""


class PartnerChangeRightError(PaperError):
    """Somebody outside of sales was about to decide on a change that a customer asked for."""


class RepeatError(PaperError):
    """An order was about to be repeated that holds nothing to repeat, or by somebody who does not buy."""


class WebhookError(PaperError):
    """A webhook was about to be kept with an address, a secret or steps that cannot be."""


class SetupError(PaperError):
    """Somebody else than the management or who keeps the system was about to decide on the set-up of the mill."""


class OutboxError(PaperError):
    """What a phone or tablet reported cannot be read."""
