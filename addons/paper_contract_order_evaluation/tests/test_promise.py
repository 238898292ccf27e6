from odoo import fields
from odoo.addons.paper_contract.tests.common import SIGNATURE, fill_blanks, letter_tokens
from odoo.addons.paper_order_evaluation.tests.common import EvaluationCommon
from odoo.tests import freeze_time, tagged


@tagged("post_install", "-at_install")
class TestPromise(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.paper_reservation_days = 3
        cls.customer.write({"street": "8 Print Street", "city": "Beijing", "email": "buyer@example.com"})
        cls.company.partner_id.write({"street": "1 Mill Road", "city": "Jinan", "vat": "913701000000000001"})
        cls.company.phone = "+86 531 8000 0000"
        cls.grade.write({"standard": "GB/T 30130", "standard_edition": "2023"})
        cls.term = cls.env["account.payment.term"].create({"name": "30 days"})

    def _contract(self, order):
        order.payment_term_id = self.term
        order.with_user(self.people["sales"]).action_draft_contract()
        fill_blanks(order.contract_id, self.people["sales"])
        return order.contract_id

    def _sent(self, contract):
        contract.with_user(self.people["sales"]).action_submit_review()
        contract.warning_ids.filtered(lambda item: item.state == "open").with_user(self.people["legal"]).action_note()
        contract.current_review_id.with_user(self.people["legal"]).action_accept()
        contract.with_user(self.people["sales"]).action_send()
        return contract

    def _open(self, contract):
        return set(contract.warning_ids.filtered(lambda item: item.state == "open").mapped("code"))

    def _order(self, **verdicts):
        order = self._make_order(payment_term_id=self.term.id)
        return order, self._decide(order, **verdicts)

    def test_the_promise_stands_beside_the_contract(self):
        """R3.3.2, R4.1.1: delivery before the date that the evaluation promised is warned of; the contract shows the date."""
        order, evaluation = self._order()
        self.assertTrue(evaluation.promise_date)
        contract = self._contract(order)
        self.assertEqual(contract.promise_date, evaluation.promise_date)
        early = evaluation.promise_date > fields.Date.to_date(order.commitment_date)
        self.assertEqual("before_promise" in self._open(contract), early)
        evaluation.sudo()._by_step().write({"promise_date": fields.Date.to_date("2026-04-01")})
        contract._sync_warnings()
        warning = contract.warning_ids.filtered(lambda item: item.code == "before_promise")
        self.assertEqual((warning.state, warning.figures["promise"]), ("open", "2026-04-01"))

    def test_no_promise_of_an_outdated_evaluation(self):
        """R3.3.2, R4.1.1: after a change of the order its old evaluation promises nothing to the contract."""
        order, evaluation = self._order()
        contract = self._contract(order)
        order.order_line.product_uom_qty = 11
        self.assertTrue(evaluation._is_outdated())
        contract.invalidate_recordset()
        self.assertFalse(contract.promise_date)
        self.assertFalse(order._contract_promise_date())

    def test_conditions_of_the_panel(self):
        """R3.3.1, R4.1.1: conditions of the panel are shown on the contract and put before legal."""
        order, evaluation = self._order(technical="conditional")
        contract = self._contract(order)
        self.assertIn("evaluation_conditions", self._open(contract))
        self.assertIn("technical asks for it", contract.evaluation_conditions)
        warning = contract.warning_ids.filtered(lambda item: item.code == "evaluation_conditions")
        self.assertIn("technical asks for it", warning.message)

    def test_the_customer_sees_the_promise(self):
        """R4.2.2: the promise stands in the history of the delivery date, a refused order's does not."""
        order, evaluation = self._order()
        history = order._get_promise_history()
        promised = [item for item in history if fields.Date.to_date(item["promised"]) == evaluation.promise_date]
        self.assertIn(evaluation.closed_on, [item["date"] for item in promised])
        refused, _evaluation = self._order(technical="no")
        self.assertEqual(len(refused._get_promise_history()), 1)

    def test_machine_hours_until_the_signature(self):
        """R3.3.2, R4.1.3: hours held by the evaluation are held as long as the customer may sign, and firm with the contract."""
        order, _evaluation = self._order()
        contract = self._contract(order)
        slots = order.paper_reservation_ids.filtered(lambda slot: slot.state == "held")
        self.assertTrue(slots)
        self._sent(contract)
        self.assertEqual(set(slots.mapped("expires_on")), {contract.sudo().sign_token_expires})
        secret = contract.sudo()
        token = letter_tokens(contract)["sign_token"]
        secret._sign_customer(token, secret.pdf_sha256, "Wang Wei", SIGNATURE, "192.0.2.7", self.env.user)
        self.assertEqual(set(slots.mapped("state")), {"held"})
        contract.with_user(self.people["chair"]).action_sign_company("Zhang Min", SIGNATURE)
        self.assertEqual((order.state, set(slots.mapped("state"))), ("sale", {"firm"}))

    def test_machine_hours_that_expired(self):
        """R3.3.2, R4.1.2: legal is told that nobody holds the machine hours any more."""
        order, _evaluation = self._order()
        contract = self._contract(order)
        self.assertNotIn("slots_expired", self._open(contract))
        with freeze_time("2026-03-12 01:00:00"):
            self.env["paper.slot.reservation"]._cron_expire()
            contract._sync_warnings()
            self.assertIn("slots_expired", self._open(contract))
