# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What differs for each type of order on its way from intake to statistics (R2). Addons ask this table, by
``order._paper_type_rule(name)``, and nothing else: no addon asks which type an order has.
"""

from dataclasses import dataclass

PANEL = ("sales", "capacity", "materials", "technical", "cost")
CONTRACT = ("contract", "legal", "signed")
PRODUCTION = ("planned", "produced", "inspected", "stocked")
DELIVERY = ("notified", "dispatched", "delivered")
AFTER_SALES = ("visited", "settled")


@dataclass(frozen=True)
class OrderType:
    """The rules of one type.

    :param credit: when the customer's credit holds the order: ``always``, ``over_limit`` (above the company's limit for
        samples) or ``never``
    :param contract: what the order is agreed by: its ``own`` contract, its ``confirmation``, a ``framework`` contract that
        it is called off from, or ``nothing``
    :param panel: departments' dimensions that evaluate it; ``sample``: those that the company's settings choose
    :param margin: whether its price has to bring a margin
    :param destination: where its paper goes: ``customer``, ``stock`` or ``nowhere``, where nothing is made of it
    :param counted: whether it counts as sales in the statistics; a sample is sold, but judged apart
    :param own_customer: whether the mill itself is the customer
    :param called_off_from: whether it is a framework, from which other orders are called off in a period
    :param customer_material: whether the customer brings the pulp
    :param verdict: whether the customer is asked what he thinks of the paper once he has it
    :param waived: facts that need not be given, by the codes of the completeness review
    :param skipped: milestones that it does not pass
    """

    credit: str = "always"
    contract: str = "own"
    panel: tuple | str = PANEL
    margin: bool = True
    destination: str = "customer"
    counted: bool = True
    own_customer: bool = False
    called_off_from: bool = False
    customer_material: bool = False
    verdict: bool = False
    waived: tuple = ()
    skipped: tuple = ()


ORDER_TYPES = {
    "standard": OrderType(),
    "sample": OrderType(
        credit="over_limit",
        contract="confirmation",
        panel="sample",
        margin=False,
        counted=False,
        verdict=True,
        waived=("payment_terms", "price", "incoterm"),
        skipped=CONTRACT,
    ),
    "framework": OrderType(
        credit="never",
        panel=("sales", "technical", "cost"),
        destination="nowhere",
        called_off_from=True,
        counted=False,
        waived=("delivery_date",),
        skipped=("credit", *PRODUCTION, *DELIVERY, *AFTER_SALES),
    ),
    "call_off": OrderType(
        contract="framework",
        panel=("sales", "capacity", "materials"),
        waived=("price",),
        skipped=CONTRACT,
    ),
    "stock": OrderType(
        credit="never",
        contract="nothing",
        panel=("capacity", "materials", "cost"),
        margin=False,
        destination="stock",
        counted=False,
        own_customer=True,
        waived=("payment_terms", "delivery_place", "price", "incoterm"),
        skipped=("credit", *CONTRACT, *DELIVERY, *AFTER_SALES),
    ),
    "toll": OrderType(customer_material=True),
}


def types_with(rule, *values):
    """Return the types whose rule has one of these values, for queries of many orders.

    >>> types_with("counted", False)
    ('sample', 'framework', 'stock')
    >>> types_with("destination", "stock", "nowhere")
    ('framework', 'stock')
    """
    return tuple(name for name, found in ORDER_TYPES.items() if getattr(found, rule) in values)
