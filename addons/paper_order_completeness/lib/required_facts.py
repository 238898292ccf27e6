# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which facts an order needs, as the addon ships them; a mill changes the list as data (R3.2.1).

The first six are the regulation's own. The others are what general conditions of sale in the paper trade
ask of an order: for reels width, diameter and inside diameter of the core, for sheets the dimensions and the
machine direction, for both the basis weight or the thickness, packing, tolerance and delivery term.
"""

from dataclasses import dataclass

ORDER, LINE, SPEC = "sale.order", "sale.order.line", "paper.spec"


@dataclass(frozen=True)
class Fact:
    """One fact as shipped.

    :param code: stable name
    :param model: record that holds it: order, order line or specification
    :param field: field that holds it
    :param alternative: second field that will do as well
    :param format: any, reel or sheet
    :param required: False is asked for along with the others, but holds nothing up
    :param floor: one of the regulation's six
    :param by_sales: True is for the mill's own salesperson, never put to the customer
    """

    code: str
    model: str
    field: str
    alternative: str = ""
    format: str = "any"
    required: bool = True
    floor: bool = False
    by_sales: bool = False


SHIPPED = (
    Fact("product", LINE, "product_id", floor=True),
    Fact("specification", LINE, "paper_spec_id", floor=True),
    Fact("quantity", LINE, "paper_quantity", floor=True),
    Fact("delivery_date", ORDER, "commitment_date", floor=True),
    Fact("delivery_place", ORDER, "partner_shipping_id", floor=True),
    Fact("payment_terms", ORDER, "payment_term_id", floor=True),
    Fact("grade", SPEC, "grade_id"),
    Fact("basis_weight", SPEC, "basis_weight", alternative="caliper"),
    Fact("width", SPEC, "width"),
    Fact("length", SPEC, "length", format="sheet"),
    Fact("reel_diameter", SPEC, "reel_diameter_max", format="reel"),
    Fact("core_diameter", SPEC, "core_diameter", format="reel"),
    Fact("core_outside_diameter", SPEC, "core_outside_diameter", format="reel", required=False),
    Fact("grain_direction", SPEC, "grain_direction", format="sheet", required=False),
    Fact("packing", SPEC, "packing", required=False),
    Fact("tolerance", SPEC, "tolerance_plus", alternative="tolerance_minus", required=False),
    Fact("quality", SPEC, "quality_requirement", required=False),
    Fact("incoterm", ORDER, "incoterm", required=False),
    Fact("price", LINE, "price_unit", required=False, by_sales=True),
)
FLOOR = tuple(fact.code for fact in SHIPPED if fact.floor)

# What a mill may add beyond that list: fields that an answer from outside may fill.
MORE_TARGETS = (
    (SPEC, "caliper"),
    (SPEC, "sheets_per_ream"),
    (SPEC, "reel_diameter_min"),
    (SPEC, "reel_length"),
    (SPEC, "winding_direction"),
    (SPEC, "finish"),
    (SPEC, "coating_top"),
    (SPEC, "coating_bottom"),
    (SPEC, "tolerance_minus"),
    (SPEC, "reference"),
    (ORDER, "client_order_ref"),
)


def targets():
    """Return every (model, field) that a fact may stand for, each once.

    >>> targets()[0], ("paper.spec", "caliper") in targets()
    (('sale.order.line', 'product_id'), True)
    """
    found = [(fact.model, fact.field) for fact in SHIPPED]
    found += [(fact.model, fact.alternative) for fact in SHIPPED if fact.alternative]
    return list(dict.fromkeys([*found, *MORE_TARGETS]))
