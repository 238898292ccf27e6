"""Every type of order, from the order to the statistics, by the people of the demo mill's departments."""

from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_base.exceptions import PaperError, ProduceBlockedError
from odoo.addons.paper_production.exceptions import CustomerMaterialError
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class TestOrderTypes(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.env["paper.mill.demo"]
        cls.company = cls.env.ref("base.main_company")
        cls.customer = cls.env.ref("paper_mill.customer_chenguang")
        cls.pulp = cls.env.ref("paper_mill.product_pulp_hardwood")

    # The departments

    def _as(self, department, records):
        return self.mill._as(department, records)

    def _order(self, order_type, quantity=12, unit="t", **values):
        product = self.env.ref("paper_mill.product_offset")
        figures = {"format": "reel", "basis_weight": 80, "caliper": 100, "width": 787, "reel_diameter_max": 1000}
        spec = self._as("sales", self.env["paper.spec"]).create(
            {**figures, "core_diameter": 76, "grade_id": product.paper_grade_id.id, "partner_id": self.customer.id}
        )
        line = {"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": quantity, "paper_unit": unit}
        return self._as("sales", self.env["sale.order"]).create(
            {
                "paper_order_type": order_type,
                "partner_id": self.customer.id,
                "client_order_ref": "PO-T1",
                "commitment_date": self.mill._moment(60, 17),
                "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
                "order_line": [Command.create(line)],
                **values,
            }
        )

    def _evaluate(self, order, *departments):
        """Submit the order; only these departments owe an opinion, and give it; the chair closes the panel."""
        order.action_submit_evaluation()
        opinions = order.sudo().paper_evaluation_ids.opinion_ids
        asked = {self.mill_departments()[name] for name in opinions.mapped("dimension")}
        self.assertEqual(asked, set(departments))
        self.mill._give_opinion(order, *departments)
        self._as("management", order.sudo().paper_evaluation_ids).action_close()

    def mill_departments(self):
        return {
            "sales": "sales",
            "capacity": "planning",
            "materials": "purchasing",
            "technical": "technical",
            "cost": "finance",
        }

    def _contract(self, order):
        self.mill._legal(order)
        self.mill._sent(order)
        self.mill._confirmed(order)
        self.assertEqual((order.contract_id.state, order.state), ("in_force", "sale"))

    def _plan(self, order):
        self.mill._planned([order])

    def _make(self, order):
        self.mill._produced(order)
        self.assertEqual(set(order.sudo().mrp_production_ids.mapped("state")), {"done"})

    def _deliver(self, order):
        self.mill._notified(order)
        self.mill._delivered(order)
        self.assertEqual(order.sudo().picking_ids.filtered("is_paper_dispatch").mapped("state"), ["done"])

    def _milestones(self, order):
        order.invalidate_recordset()
        return {item["code"]: item["state"] for item in order.sudo()._get_sorted_milestones()[order.sudo()]}

    def _report(self, order):
        self.env.flush_all()
        return self.env["paper.order.report"].search([("order_id", "=", order.id)])

    def _skipped(self, order):
        return {code for code, state in self._milestones(order).items() if state == "skipped"}

    # The types

    def test_standard(self):
        """R2: a standard order takes every step."""
        order = self._order("standard")
        self._evaluate(order, "sales", "planning", "purchasing", "technical", "finance")
        self._contract(order)
        self._plan(order)
        self._make(order)
        self._deliver(order)
        self.assertFalse({"contract", "signed", "stocked", "delivered"} & self._skipped(order))
        self.assertTrue(self._report(order).is_counted)

    def test_sample(self):
        """R2: a small sample needs neither credit nor contract: a short panel, the confirmed order, then as every order."""
        self.customer.paper_credit_review_ids.sudo()._by_step().write({"valid_until": fields.Date.to_date("2020-01-01")})
        order = self._order("sample", 300, "kg", payment_term_id=False)
        self._evaluate(order, "planning", "technical")
        order.action_confirm()
        self.assertFalse(order.sudo().contract_ids)
        self._plan(order)
        self._make(order)
        self._deliver(order)
        self.assertTrue({"contract", "legal", "signed", "credit"} <= self._skipped(order))
        self.assertEqual(self._milestones(order)["delivered"], "done")
        row = self._report(order)
        self.assertEqual((row.paper_order_type, row.is_counted), ("sample", False))
        self.assertTrue(row.confirmed_kg)

    def test_sales_ask_what_became_of_a_sample(self):
        """R2, R6.3.2: once a sample has left, its salesperson has to ask the customer's verdict."""
        order = self._order("sample", 300, "kg")
        self._evaluate(order, "planning", "technical")
        order.action_confirm()
        self._plan(order)
        self._make(order)
        self._deliver(order)
        told = order.sudo().activity_ids.filtered(lambda rec: "样品" in (rec.summary or ""))
        self.assertEqual(told.user_id, order.user_id)

    def _framework(self, quantity=100):
        today = self.company._paper_today()
        order = self._order(
            "framework",
            quantity,
            commitment_date=False,
            paper_valid_from=today - timedelta(days=1),
            paper_valid_to=today + timedelta(days=365),
        )
        self._evaluate(order, "sales", "technical", "finance")
        self._contract(order)
        return order

    def test_framework_and_call_off(self):
        """R2, R4.1.1: a framework is contracted and not made; what is called off from it is made and delivered without a contract
        of its own, and counted against it."""
        framework = self._framework()
        self.assertFalse(framework.sudo().mrp_production_ids | framework.sudo().picking_ids.production_ids)
        self.assertFalse(framework.sudo().picking_ids)
        order = self._as("sales", self.env["sale.order"]).browse(framework.action_call_off()["res_id"])
        order.write({"commitment_date": self.mill._moment(60, 17)})
        order.order_line.paper_quantity = 12
        self._evaluate(order, "sales", "planning", "purchasing")
        order.action_confirm()
        self.assertEqual((framework.paper_called_kg, framework.paper_remaining_kg), (12000, 88000))
        self.assertEqual(order.paper_remaining_kg, 88000)
        self._plan(order)
        self._make(order)
        self._deliver(order)
        self.assertTrue({"contract", "legal", "signed"} <= self._skipped(order))
        self.assertTrue(self._report(order).is_counted)
        agreed = self._report(framework)
        self.assertEqual((agreed.is_counted, agreed.confirmed_kg, agreed.confirmed_amount), (False, 0, 0))

    def test_stock(self):
        """R2: paper for the mill's own stock is evaluated, made, inspected and stored, and ends there."""
        order = self._order("stock", partner_id=self.company.partner_id.id, payment_term_id=False)
        self._evaluate(order, "planning", "purchasing", "finance")
        order.action_confirm()
        self.assertFalse(order.sudo().picking_ids)
        production = order.sudo().mrp_production_ids
        self.assertEqual((len(production), production.product_qty), (1, 12000))
        self._plan(order)
        self._make(order)
        states = self._milestones(order)
        self.assertEqual(states["stocked"], "done")
        self.assertFalse(set(states.values()) - {"done", "skipped"})
        self.assertFalse(order.sudo()._get_steps_ahead()[order.sudo()])
        lot = production.lot_producing_ids
        stored = self.env["stock.quant"].search([("lot_id", "=", lot.id), ("location_id.usage", "=", "internal")])
        self.assertEqual(sum(stored.mapped("quantity")), 12000)
        row = self._report(order)
        self.assertEqual((row.is_counted, row.confirmed_amount, row.produced_kg), (False, 0, 12000))

    def _toll(self, quantity_kg=9000):
        order = self._order("toll")
        self._as("sales", self.env["paper.customer.material"]).create(
            {
                "order_id": order.id,
                "product_id": self.pulp.id,
                "quantity_kg": quantity_kg,
                "promised_date": self.company._paper_today() + timedelta(days=3),
            }
        )
        self._evaluate(order, "sales", "planning", "purchasing", "technical", "finance")
        self._contract(order)
        self._plan(order)
        return order

    def _receive(self, order, quantity_kg):
        action = self._as("warehouse", order).action_receive_customer_material()
        receipt = self._as("warehouse", self.env["stock.picking"]).browse(action["res_id"])
        receipt.move_ids.quantity = quantity_kg
        receipt.move_ids.picked = True
        return receipt

    def test_pulp_of_a_customer_is_for_that_customer_alone(self):
        """R5.2.1: what lies in the mill for its owner is reserved and used for no other order; a toll order takes nothing of the
        mill's own."""
        toll = self._toll()
        own = self.env["stock.quant"].search(
            [("product_id", "=", self.pulp.id), ("location_id.usage", "=", "internal"), ("owner_id", "=", False)]
        )
        self.assertTrue(own)
        raw = toll.sudo().mrp_production_ids.move_raw_ids.filtered(lambda move: move.product_id == self.pulp)
        raw._action_assign()
        self.assertFalse(raw.quantity, "nothing of the customer's is here yet, and the mill's own is not taken")
        self._receive(toll, 9000).button_validate()
        raw._action_assign()
        self.assertEqual(raw.move_line_ids.owner_id, self.customer)
        free = self.env["stock.quant"]._get_available_quantity(self.pulp, own.location_id[:1])
        self.assertEqual(free, sum(own.mapped("quantity")) - sum(own.mapped("reserved_quantity")))

    def test_pulp_that_comes_in_two_parts(self):
        """R5.2.1, R5.3.2: pulp that comes in parts waits for the rest, and each part is inspected; pulp that failed holds the
        production."""
        toll = self._toll()
        receipt = self._receive(toll, 4000)
        receipt.with_context(skip_backorder=True).button_validate()
        self.assertEqual(receipt.state, "done")
        later = toll.sudo().paper_toll_picking_ids - receipt.sudo()
        self.assertEqual((later.move_ids.product_uom_qty, later.owner_id), (5000, self.customer))
        self.assertEqual(len(later.paper_inspection_ids), 1)
        with self.assertRaises(CustomerMaterialError):
            self._as("warehouse", toll).action_receive_customer_material()
        inspection = self._as("quality", receipt.sudo().paper_inspection_ids)
        for line in inspection.inspection_lines:
            line.qualitative_value = line.possible_ql_values.filtered(lambda value: not value.ok)[:1]
        inspection.action_confirm()
        codes = {item["code"] for item in toll.sudo()._get_open_blockers("produce")[toll.sudo()]}
        self.assertEqual(codes, {"customer_material", "customer_material_inspection"})
        production = toll.sudo().mrp_production_ids
        with self.assertRaises(ProduceBlockedError):
            self._as("workshop", production.workorder_ids[:1]).button_start()

    def test_who_receives_the_pulp(self):
        """R5.2.1: warehouse and purchasing receive the customer's pulp, of a confirmed toll order only; nothing is given back
        before the paper is made."""
        toll = self._toll()
        with self.assertRaises(CustomerMaterialError):
            self._as("sales", toll).action_receive_customer_material()
        with self.assertRaises(CustomerMaterialError):
            self._as("warehouse", toll).action_return_customer_material()
        with self.assertRaises(CustomerMaterialError):
            self._as("warehouse", self._order("standard")).action_receive_customer_material()
        receipt = self._receive(toll, 9000)
        with self.assertRaises(PaperError):
            receipt.paper_toll_order_id = False
        self.assertEqual(receipt.paper_toll_order_id, toll)

    def test_toll(self):
        """R2, R5.2.1: the customer's pulp is received as the customer's, inspected, used for this order alone and what is left of
        it is told and given back."""
        promised = self.company._paper_today() + timedelta(days=3)
        order = self._order("toll")
        self._as("sales", self.env["paper.customer.material"]).create(
            {"order_id": order.id, "product_id": self.pulp.id, "quantity_kg": 9000, "promised_date": promised}
        )
        value_before = self.pulp.with_company(self.company).total_value
        self._evaluate(order, "sales", "planning", "purchasing", "technical", "finance")
        rows = order.sudo().paper_evaluation_ids.opinion_ids.filtered(lambda rec: rec.dimension == "materials").evidence["rows"]
        row = next(item for item in rows if item["product_id"] == self.pulp.id)
        self.assertEqual(row["incoming"][0]["date"], fields.Date.to_string(promised))
        self.assertFalse(row["supplier"])
        self._contract(order)
        self._plan(order)
        production = order.sudo().mrp_production_ids
        self.assertEqual(
            {item["code"] for item in order.sudo()._get_open_blockers("produce")[order.sudo()]}, {"customer_material"}
        )
        receipt = self._as("warehouse", self.env["stock.picking"]).browse(
            self._as("warehouse", order).action_receive_customer_material()["res_id"]
        )
        receipt.move_ids.quantity = 9000
        receipt.move_ids.picked = True
        receipt.button_validate()
        self.assertEqual(receipt.state, "done")
        self.assertEqual(self.pulp.with_company(self.company).total_value, value_before)
        self.assertEqual(
            {item["code"] for item in order.sudo()._get_open_blockers("produce")[order.sudo()]}, {"customer_material_inspection"}
        )
        inspection = self._as("quality", receipt.sudo().paper_inspection_ids)
        for line in inspection.inspection_lines:
            line.qualitative_value = line.possible_ql_values.filtered("ok")[:1]
        inspection.action_confirm()
        self._make(order)
        used = production.move_raw_ids.filtered(lambda move: move.product_id == self.pulp)
        self.assertEqual(used.move_line_ids.owner_id, self.customer)
        material = order.paper_customer_material_ids
        self.assertEqual((material.received_kg, material.used_kg, material.left_kg), (9000, 7440, 1560))
        back = self._as("warehouse", self.env["stock.picking"]).browse(
            self._as("warehouse", order).action_return_customer_material()["res_id"]
        )
        back.button_validate()
        self.assertEqual(back.state, "done")
        material.invalidate_recordset()
        self.assertEqual((material.returned_kg, material.left_kg), (1560, 0))
        self._deliver(order)
        self.assertTrue(self._report(order).is_counted)
