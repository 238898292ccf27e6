"""The exceptional ways of paper: who may take them, and whose permission a transfer needs."""

from dataclasses import dataclass

from odoo.addons.paper_base.models.steps.permit import ServerToken
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

WAREHOUSE = "paper_base.group_warehouse"
WORKSHOP = "paper_base.group_workshop"
QUALITY = "paper_base.group_quality"
SUPERVISOR = "paper_base.group_supervisor"
PURCHASING = "paper_base.group_purchasing"
MANAGEMENT = "paper_base.group_management"


@dataclass(frozen=True)
class Way:
    """One way of paper into the mill or out of it that is not the regular one of an order.

    :param name: what it is called
    :param groups: departments of which somebody takes it, or permits it
    :param permit: True where these permit the transfer, with a reason, and whoever handles transfers carries it out
    :param reason: True where whoever takes it says why
    """

    name: str
    groups: tuple
    permit: bool = False
    reason: bool = True


WAYS = {
    "returned": Way(_lt("Returned by a customer"), (WAREHOUSE,), reason=False),
    "received": Way(_lt("Received from outside"), (WAREHOUSE,), reason=False),
    "surplus": Way(_lt("Found by counting"), (WAREHOUSE, SUPERVISOR)),
    "shortage": Way(_lt("Missing by counting"), (WAREHOUSE, SUPERVISOR)),
    "scrapped": Way(_lt("Scrapped"), (WAREHOUSE, WORKSHOP, QUALITY, SUPERVISOR)),
    "unbuilt": Way(_lt("Unbuilt"), (WORKSHOP, SUPERVISOR)),
    "written_off": Way(_lt("Written off"), (SUPERVISOR, MANAGEMENT), permit=True),
    "used": Way(_lt("Used in the mill"), (SUPERVISOR, MANAGEMENT), permit=True),
    "made_into": Way(_lt("Made into other goods"), (SUPERVISOR, MANAGEMENT)),
    "sent_back": Way(_lt("Sent back to a vendor"), (PURCHASING, MANAGEMENT), permit=True),
    "sample": Way(_lt("Given to a customer without an order"), (MANAGEMENT,), permit=True),
    "other_company": Way(_lt("Handed to another company"), (MANAGEMENT,), permit=True),
}

# What the mill did not make, or had given away, waits for the quality department before it is stock again.
INTO_QUARANTINE = ("returned", "received", "surplus", "unbuilt")


class Passage(ServerToken):
    """Tells goods that passed the gate from a state that a hand writes: no client can send an instance."""


KEY = "paper_passage"
