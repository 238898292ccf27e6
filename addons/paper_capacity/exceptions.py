"""One named error per rule of the mill's capacity, so that callers and tests know the rule and not its wording."""

from odoo.addons.paper_base.exceptions import PaperError


class CapabilityError(PaperError):
    """What was written of a machine cannot be: a range that runs backwards, a size that is no number (R3.3.4)."""


class SlotRefusedError(PaperError):
    """A reserved slot was about to be changed by hand, not by production planning, or against its state (R3.3.2)."""


class SlotTakenError(PaperError):
    """A machine's hours were about to be reserved that another order has in the meantime (R3.3.2)."""
