"""One named error per rule of the shop floor, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError
from odoo.exceptions import AccessError


class FloorError(PaperError):
    """What a tablet reported cannot be: of another machine, of an order that is not in work, or twice."""


class SignInError(FloorError, AccessError):
    """A badge or PIN is unknown, tried too often, or nobody has signed in."""


class BadgeError(PaperError):
    """A badge or PIN was about to be given that somebody else has, or that is too short."""


class ScaleError(FloorError):
    """The scale shows no weight, or the same roll was weighed a second time with another one."""


class SetError(FloorError):
    """A set was about to be declared that is declared already, or by a pattern that changed meanwhile."""


class ConsumptionError(FloorError):
    """Material was about to be consumed that the order does not take, or that is not there."""


class ProcessCardError(PaperError):
    """A process card or a reading of it cannot be: limits reversed, or not of this machine."""


class MeterError(PaperError):
    """A meter was about to run backwards, or further than it can."""


class CallError(PaperError):
    """A call was about to be taken against its order: ended before it was answered, or without a cause."""


class CallRightError(CallError, AccessError):
    """A call was about to be answered or ended by somebody who is not asked for."""


class ShiftLogError(PaperError):
    """A shift was about to be handed over or taken over against its order, or by the same person twice."""


class ComputedRecordError(PaperError):
    """A record of production that the floor's reports make up was about to be written by hand: corrections are entries."""


class ChecklistError(PaperError):
    """A checklist was about to be reported that is not of this machine, or with items left open."""
