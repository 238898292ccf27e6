from odoo.addons.paper_base.exceptions import SupplementBlockedError
from odoo.addons.paper_contract.exceptions import ContractStateError
from odoo.addons.paper_contract.tests.common import SIGNATURE, fill_blanks, letter_tokens
from odoo.addons.paper_order_evaluation.exceptions import OpinionFrozenError
from odoo.addons.paper_order_evaluation.lib.panel import DIMENSIONS
from odoo.addons.paper_order_evaluation.tests.common import EvaluationCommon
from odoo.exceptions import UserError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestSupplementPanel(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paper_reservation_days = 3
        cls.customer.write({"street": "8 Print Street", "city": "Beijing", "email": "buyer@example.com"})
        cls.company.partner_id.write({"street": "1 Mill Road", "city": "Jinan", "vat": "913701000000000001"})
        cls.company.phone = "+86 531 8000 0000"
        cls.grade.write({"standard": "GB/T 30130", "standard_edition": "2023"})
        cls.term = cls.env["account.payment.term"].create({"name": "30 days"})
        cls.sales, cls.legal, cls.chair = (cls.people[name] for name in ("sales", "legal", "chair"))

    def in_force(self, evaluated=True):
        """Return the contract in force of an order of 13 t at 9,000, as the panel passed it."""
        order = self._make_order(tonnes=13, price=9000, payment_term_id=self.term.id)
        if evaluated:
            self._decide(order)
        else:
            order.paper_override_ids = False
        order.with_user(self.sales).action_draft_contract()
        fill_blanks(order.contract_id, self.sales)
        return self.to_force(order.contract_id)

    def to_force(self, contract):
        contract.with_user(self.sales).action_submit_review()
        self.accept(contract)
        contract.with_user(self.sales).action_send()
        secret = contract.sudo()
        token = letter_tokens(contract)["sign_token"]
        secret._sign_customer(token, secret.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        contract.with_user(self.chair).action_sign_company("Zhang Min", SIGNATURE)
        self.assertEqual(contract.state, "in_force")
        return contract

    def accept(self, contract):
        contract.warning_ids.filtered(lambda item: item.state == "open").with_user(self.legal).action_note()
        contract.current_review_id.with_user(self.legal).action_accept()

    def supplement(self, contract, **values):
        action = contract.with_user(self.sales).action_draft_supplement()
        supplement = self.env["paper.contract"].browse(action["res_id"]).with_user(self.sales)
        fill_blanks(supplement, self.sales)
        if values:
            supplement.change_ids.write(values)
        return supplement

    def evaluation(self, supplement):
        return supplement._evaluation().with_env(self.env)

    def asked(self, supplement):
        evaluation = self.evaluation(supplement)
        return set(evaluation._pending_opinions().mapped("dimension"))

    def test_more_paper_at_another_price(self):
        """R3.3.1, R4.1.3: 13 t become 1,500 t at a price of 1: refused without the panel, which is asked of the new terms."""
        contract = self.in_force()
        order = contract.order_id
        before = order._current_evaluation()
        slots = order.paper_reservation_ids.filtered(lambda slot: slot.state == "firm")
        self.assertTrue(slots)
        supplement = self.supplement(contract, new_quantity=1500, new_price=1)
        self.assertTrue(supplement.can_evaluate)
        with self.assertRaises(SupplementBlockedError) as caught:
            supplement.action_submit_review()
        self.assertIn(supplement.name, str(caught.exception))
        self.assertTrue(caught.exception.items[0]["action"])
        supplement.action_submit_evaluation()
        evaluation = self.evaluation(supplement)
        self.assertEqual(self.asked(supplement), {"sales", "capacity", "materials", "cost"})
        facts = {opinion.dimension: opinion.sudo() for opinion in evaluation.opinion_ids}
        self.assertAlmostEqual(facts["sales"].evidence["weight_kg"], 1_500_000)
        self.assertAlmostEqual(facts["sales"].cost_evidence["amount"], 1500)
        self.assertEqual(facts["cost"].proposal, "no")
        self.assertAlmostEqual(facts["cost"].cost_evidence["revenue"], 1500)
        pulp = next(row for row in facts["materials"].evidence["rows"] if row["material"] == self.pulp.display_name)
        # The 13 t that the order is to deliver already are part of the 1,500 t, not another's.
        self.assertAlmostEqual(pulp["needed"], 1100 * 1500, 0)
        self.assertEqual(facts["capacity"].evidence["late"], True)
        # The order itself is what it was: its line, its evaluation, its slots, its promise.
        self.assertEqual((order.order_line.product_uom_qty, order.order_line.price_unit), (13, 9000))
        self.assertEqual((order._current_evaluation(), order.paper_evaluation_state), (before, "passed"))
        self.assertEqual(set(slots.mapped("state")), {"firm"})
        with self.assertRaises(SupplementBlockedError):
            supplement.action_submit_review()
        self._give(evaluation, cost="no")
        evaluation.with_user(self.chair).action_close()
        self.assertEqual(evaluation.state, "failed")
        self.assertFalse(evaluation.customer_letter)
        self.assertFalse(evaluation.alternative_ids)
        self.assertEqual(order.paper_evaluation_state, "passed")
        self.assertEqual(set(slots.mapped("state")), {"firm"})
        with self.assertRaises(SupplementBlockedError):
            supplement.action_submit_review()
        self.assertTrue(supplement.can_evaluate)

    def test_what_passed_holds_for_the_order(self):
        """R3.3.1, R4.1.3: after the signatures the order is evaluated as it is: promise, slots and date follow."""
        contract = self.in_force()
        order = contract.order_id
        slots = order.paper_reservation_ids.filtered(lambda slot: slot.state == "firm")
        supplement = self.supplement(contract, new_quantity=40)
        supplement.new_commitment_date = "2026-04-20 08:00:00"
        supplement.action_submit_evaluation()
        evaluation = self.evaluation(supplement)
        self._give(evaluation)
        evaluation.with_user(self.chair).action_close()
        self.assertEqual(evaluation.state, "passed")
        held = evaluation.reservation_ids
        self.assertEqual((set(slots.mapped("state")), set(held.mapped("state"))), ({"firm"}, {"held"}))
        self.assertEqual(supplement.promise_date, evaluation.promise_date)
        self.assertNotEqual(order.order_line.paper_promised_date, evaluation.promise_date)
        self.to_force(supplement)
        self.env.invalidate_all()
        self.assertEqual((order.order_line.product_uom_qty, str(order.commitment_date)), (40, "2026-04-20 08:00:00"))
        self.assertEqual((order._current_evaluation(), order.paper_evaluation_state), (evaluation, "passed"))
        self.assertFalse(evaluation._is_outdated())
        self.assertEqual(order._contract_promise_date(), evaluation.promise_date)
        self.assertEqual(order.order_line.paper_promised_date.date(), evaluation.promise_date)
        self.assertEqual((set(slots.mapped("state")), set(held.mapped("state"))), ({"released"}, {"firm"}))

    def test_only_what_it_touches(self):
        """R3.3.1, R4.1.3: a supplement asks the departments that the map of changes names for each of its terms."""
        contract = self.in_force()
        place = self.env["res.partner"].create(
            {"name": "Plant", "parent_id": self.customer.id, "type": "delivery", "street": "5 Side Street", "city": "Beijing"}
        )
        spec = contract.order_id.order_line.paper_spec_id
        for values, expected in (
            ({"new_price": 8000}, {"sales", "cost"}),
            ({"new_quantity": 14}, {"sales", "capacity", "materials", "cost"}),
            ({"new_commitment_date": "2026-04-01 08:00:00"}, {"sales", "capacity", "materials"}),
            ({"new_shipping_id": place.id}, {"sales", "capacity", "cost"}),
            ({"new_spec_id": spec._revise({"packing": "on pallets"}).id}, {"materials", "cost"}),
            ({"new_spec_id": spec._revise({"width": 800}).id}, set(DIMENSIONS) - {"sales"}),
        ):
            with self.subTest(values=values):
                supplement = self.supplement(contract, **values)
                supplement.action_submit_evaluation()
                self.assertEqual(self.asked(supplement), expected)
                carried = self.evaluation(supplement).opinion_ids.filtered("carried_from_id")
                self.assertEqual(set(carried.mapped("dimension")), set(DIMENSIONS) - expected)
                self.assertFalse(supplement.can_evaluate)
                supplement.action_cancel()
                self.assertFalse(supplement.sudo().evaluation_ids.filtered(lambda rec: rec.state == "open"))

    def test_nothing_to_judge(self):
        """R3.3.1, R4.1.3: a supplement that changes nothing that the panel judges goes to legal at once."""
        contract = self.in_force()
        supplement = self.supplement(contract)
        self.assertFalse(supplement.evaluation_needed)
        with self.assertRaises(ContractStateError):
            supplement.action_submit_evaluation()
        self.assertNotIn("supplement_evaluation", self._codes(contract.order_id, "supplement"))

    def test_changed_after_the_panel(self):
        """R3.3.1, R4.1.3: what the panel passed is what legal gets; another figure asks again those that it touches."""
        contract = self.in_force()
        supplement = self.supplement(contract, new_price=8000)
        supplement.action_submit_evaluation()
        evaluation = self.evaluation(supplement)
        self._give(evaluation)
        evaluation.with_user(self.chair).action_close()
        supplement.change_ids.new_price = 7000
        self.assertTrue(evaluation._is_outdated())
        with self.assertRaises(SupplementBlockedError):
            supplement.action_submit_review()
        supplement.action_submit_evaluation()
        self.assertEqual(self.asked(supplement), {"sales", "cost"})
        supplement.change_ids.new_price = 6000
        with self._refused(OpinionFrozenError):
            self._give(self.evaluation(supplement))

    def test_a_panel_sees_no_price(self):
        """R4.1.3: who works without prices reads what the supplement changes without them."""
        contract = self.in_force()
        supplement = self.supplement(contract, new_quantity=20, new_price=7777)
        supplement.action_submit_evaluation()
        evaluation = self.evaluation(supplement)
        self.assertIn("7,777", evaluation.with_user(self.sales).supplement_changes)
        for name in ("capacity", "materials", "technical"):
            shown = evaluation.with_user(self.people[name]).supplement_changes
            self.assertIn("20", shown)
            self.assertNotIn("7,777", shown)
            opinion = self._opinion(evaluation, name)
            self.assertEqual(opinion.supplement_changes, shown)

    def test_sales_alone_submits(self):
        """R3.3.1: sales submits a supplement, nobody else, and only while it is a draft."""
        contract = self.in_force()
        supplement = self.supplement(contract, new_price=8000)
        for name in ("legal", "cost", "capacity"):
            with self.subTest(name), self.assertRaises(UserError), self.env.cr.savepoint():
                supplement.with_user(self.people[name]).action_submit_evaluation()
        supplement.action_cancel()
        with self.assertRaises(ContractStateError):
            supplement.action_submit_evaluation()
