from datetime import datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odoo import Command
from odoo.tests import tagged

from ..common import ContractCommon

LINES = st.lists(
    st.fixed_dictionaries(
        {
            "quantity": st.integers(1, 500),
            "unit": st.sampled_from(["ream", "sheet", "kg", "t"]),
            "price": st.decimals("0.01", "999.99", places=2).map(float),
            "discount": st.sampled_from([0.0, 2.5, 10.0]),
            "basis_weight": st.sampled_from([45.0, 60.0, 80.0, 157.0]),
            "width": st.integers(400, 1400).map(float),
            "length": st.integers(400, 1400).map(float),
            "packing": st.sampled_from([False, "木托盘，防潮膜", "reams on pallets"]),
            "tolerance": st.sampled_from([0.0, 3.0, 5.0]),
        }
    ),
    min_size=1,
    max_size=3,
)
ORDERS = st.fixed_dictionaries(
    {
        "lines": LINES,
        "days": st.integers(1, 300),
        "reference": st.one_of(st.just(False), st.text("ABC0123-/订单", min_size=1, max_size=12)),
    }
)


@tagged("post_install", "-at_install")
class TestContractEntry(ContractCommon):
    @given(ORDERS)
    @settings(max_examples=12, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    def test_the_order_equals_the_contract(self, asked):
        """R4.2.1: whatever was agreed, the confirmed order says of customer, place, time, payment, currency, product,
        specification, quantity, unit, price, discount and amounts exactly what its contract says, field by field."""
        savepoint = self.env.cr.savepoint()
        try:
            self.check_order(asked)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    def check_order(self, asked):
        moment = datetime(2026, 12, 1, 8) + timedelta(days=asked["days"])
        order = self.build_order(
            lines=0,
            commitment_date=moment,
            client_order_ref=asked["reference"],
            order_line=[Command.create(self.line_values(line)) for line in asked["lines"]],
        )
        contract = self.build_contract(order, state="in_force")
        self.env.flush_all()
        self.env.invalidate_all()
        terms = contract.terms
        self.assertEqual(order.state, "sale")
        self.assertFalse(contract._changed_terms())
        self.assertEqual(
            [terms[name] for name in ("partner", "invoice", "shipping", "payment_term", "currency")],
            [
                order.partner_id.id,
                order.partner_invoice_id.id,
                order.partner_shipping_id.id,
                order.payment_term_id.id,
                order.currency_id.name,
            ],
        )
        self.assertEqual(terms["commitment_date"], moment.strftime("%Y-%m-%d %H:%M:%S"))
        self.assertEqual(order.commitment_date, moment)
        self.assertEqual((terms["customer_order"], order.client_order_ref), (asked["reference"] or None, asked["reference"]))
        self.assertEqual(len(terms["lines"]), len(asked["lines"]))
        for wanted, agreed, line in zip(asked["lines"], terms["lines"], order.order_line.sorted("id"), strict=True):
            self.check_line(wanted, agreed, line)
        total = round(sum(agreed["total"] for agreed in terms["lines"]), 2)
        self.assertAlmostEqual(total, order.amount_total, 1)
        self.assertAlmostEqual(sum(agreed["subtotal"] for agreed in terms["lines"]), order.amount_untaxed, 1)

    def line_values(self, line):
        spec = self.build_spec(
            basis_weight=line["basis_weight"],
            width=line["width"],
            length=line["length"],
            packing=line["packing"],
            tolerance_minus=line["tolerance"],
            tolerance_plus=line["tolerance"],
        )
        return {
            "product_id": self.product.id,
            "paper_spec_id": spec.id,
            "paper_quantity": line["quantity"],
            "paper_unit": line["unit"],
            "price_unit": line["price"],
            "discount": line["discount"],
        }

    def check_line(self, wanted, agreed, line):
        """Compare what was asked for, what the contract says and what the confirmed order says, each with each."""
        spec = line.paper_spec_id
        three = {
            "product": (self.product.id, agreed["product"], line.product_id.id),
            "quantity": (wanted["quantity"], agreed["quantity"], line.paper_quantity),
            "unit": (wanted["unit"], agreed["unit"], line.paper_unit),
            "price": (wanted["price"], agreed["price"], line.price_unit),
            "discount": (wanted["discount"], agreed["discount"], line.discount),
            "basis weight": (wanted["basis_weight"], agreed["spec"]["basis_weight"], spec.basis_weight),
            "width": (wanted["width"], agreed["spec"]["width"], spec.width),
            "length": (wanted["length"], agreed["spec"]["length"], spec.length),
            "packing": (wanted["packing"], agreed["spec"]["packing"], spec.packing),
            "tolerance": (wanted["tolerance"], agreed["spec"]["tolerance_plus"], spec.tolerance_plus),
            "specification": (agreed["spec"]["id"], spec.id, spec.id),
            "weight": (agreed["uom_quantity"], line.product_uom_qty, line.product_uom_qty),
            "unit of measure": (agreed["uom"], line.product_uom_id.id, line.product_uom_id.id),
            "taxes": (agreed["taxes"], sorted(line.tax_ids.ids), sorted(line.tax_ids.ids)),
            "subtotal": (agreed["subtotal"], line.price_subtotal, line.price_subtotal),
            "total": (agreed["total"], line.price_total, line.price_total),
        }
        for name, values in three.items():
            self.assertTrue(values[0] == values[1] == values[2], f"{name}: {values}")
        self.assertTrue(spec.locked)
