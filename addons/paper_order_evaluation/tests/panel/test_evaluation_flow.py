from unittest.mock import patch

from odoo import fields
from odoo.addons.paper_base.exceptions import ConfirmBlockedError, EvaluateBlockedError
from odoo.tests import tagged

from ...exceptions import EvaluationRefusedError, PanelIncompleteError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationFlow(EvaluationCommon):
    def test_what_was_to_be_submitted_is(self):
        """R3.3.1: what people were told to submit is no to-do any more once it is; what else they were told stays."""
        order = self._make_order()
        company = order.company_id
        for kind in ("submit", "other"):
            company._paper_tell("paper_base.group_sales", order, kind, kind=kind)
        with patch.object(type(order), "_told_until_submitted", lambda orders: ("submit",)):
            self._submit(order)
        self.assertEqual(set(order.activity_ids.mapped("paper_kind")) & {"submit", "other"}, {"other"})

    def test_submit_opens_a_panel_of_five(self):
        """R3.3.1: a submitted order gets one opinion per department, due within the company's working days."""
        order = self._make_order()
        evaluation = self._submit(order)
        self.assertEqual(evaluation.state, "open")
        self.assertEqual(
            evaluation.opinion_ids.mapped("dimension"), ["sales", "capacity", "materials", "technical", "cost"]
        )
        self.assertEqual(evaluation.deadline_date, fields.Date.to_date("2026-03-05"))
        self.assertEqual(evaluation.submitted_by_id, self.people["sales"])

    def test_departments_are_told_at_once(self):
        """R3.3.1: each department finds an activity and its work list as soon as sales submits."""
        evaluation = self._submit(self._make_order())
        for dimension in ("capacity", "materials", "technical", "cost"):
            user = self.people[dimension]
            self.assertIn(user, self._opinion(evaluation, dimension).sudo().activity_ids.user_id)
            waiting = self.env["paper.evaluation.opinion"].with_user(user).search([("waiting_for_me", "=", True)])
            self.assertEqual(waiting.filtered(lambda rec: rec.evaluation_id == evaluation).dimension, dimension)
        self.assertFalse(
            self.env["paper.evaluation.opinion"].with_user(self.people["legal"]).search([("waiting_for_me", "=", True)])
        )

    def test_all_yes_passes(self):
        """R3.3.1, R3.4: five times yes pass, and nothing of the evaluation blocks the contract."""
        order = self._make_order()
        self.assertEqual(self._decide(order).state, "passed")
        self.assertNotIn("evaluation", self._codes(order, "contract"))

    def test_a_condition_passes_and_stands_on_the_order(self):
        """R3.4: a conditional yes lets the contract be signed; its condition stands on the order."""
        order = self._make_order()
        self.assertEqual(self._decide(order, materials="conditional").state, "conditional")
        self.assertNotIn("evaluation", self._codes(order, "confirm"))
        self.assertIn("materials asks for it", order.paper_evaluation_conditions)

    def test_one_no_fails(self):
        """R3.4: one no is enough to fail, and the contract stays blocked with the reasons."""
        order = self._make_order()
        self.assertEqual(self._decide(order, technical="no", cost="conditional").state, "failed")
        blocker = order._get_blockers("contract")[order][-1]
        self.assertEqual(blocker["code"], "evaluation")
        self.assertIn("technical says why", blocker["message"])

    def test_close_needs_all_five(self):
        """R3.3.1: the panel is not closed while an opinion is owed; the error names the department."""
        evaluation = self._submit(self._make_order())
        self._opinion(evaluation, "capacity").action_agree()
        with self.assertRaises(PanelIncompleteError) as error:
            evaluation.with_user(self.people["chair"]).action_close()
        self.assertIn("Purchasing", str(error.exception))

    def test_close_by_management_alone(self):
        """R3.3.1: only the management closes a panel."""
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        for name in ("sales", "cost"):
            with self.assertRaises(EvaluationRefusedError):
                evaluation.with_user(self.people[name]).action_close()
        self.assertEqual(evaluation.state, "open")

    def test_close_once(self):
        """R3.3.1: a decided evaluation is not decided again."""
        evaluation = self._decide(self._make_order())
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(self.people["chair"]).action_close()

    def test_last_opinion_calls_the_chair(self):
        """R3.3.1: once the last opinion is in, the management has an activity to close the panel."""
        evaluation = self._submit(self._make_order())
        self._give(evaluation)
        self.assertIn(self.people["chair"], evaluation.activity_ids.user_id)

    def test_result_goes_to_sales_at_once(self):
        """R3.4: the salesperson gets the result as an activity and in the order's chatter."""
        order = self._make_order()
        self._decide(order, capacity="conditional")
        activity = order.activity_ids.filtered(lambda rec: rec.user_id == self.people["sales"])
        self.assertIn("conditions", activity.summary)
        self.assertIn("capacity asks for it", order.message_ids[0].body)

    def test_the_result_is_no_to_do_for_good(self):
        """R3.4: what sales was called for ends with the next panel and with the order's confirmation or end."""
        called = self.env.ref("paper_order_evaluation.mail_activity_feedback")
        order = self._make_order()
        self._decide(order, capacity="no")
        self.assertIn(called, order.activity_ids.activity_type_id)
        order.order_line.price_unit += 1
        evaluation = self._submit(order)
        self.assertNotIn(called, order.activity_ids.activity_type_id)
        self._give(evaluation)
        evaluation.with_user(self.people["chair"]).action_close()
        self.assertIn(called, order.activity_ids.activity_type_id)
        order.with_user(self.people["sales"]).action_confirm()
        self.assertNotIn(called, order.activity_ids.activity_type_id)
        other = self._make_order()
        self._decide(other, capacity="no")
        self.assertIn(called, other.activity_ids.activity_type_id)
        other.with_user(self.people["sales"])._action_cancel()
        self.assertNotIn(called, other.activity_ids.activity_type_id)

    def test_letter_without_internal_figures(self):
        """R3.4: a failed order has a drafted message to the customer with reasons, without comments or figures."""
        order = self._make_order(client_order_ref="PO 77")
        evaluation = self._submit(order)
        cost = self._opinion(evaluation, "cost")
        cost.write({"verdict": "no", "comment": "margin of only 1.5 %"})
        cost.action_submit()
        capacity = self._opinion(evaluation, "capacity")
        capacity.write(
            {
                "verdict": "no",
                "comment": "PM1 runs for Printer B",
                "remedy_ids": [(0, 0, {"kind": "overtime", "name": "Weekend", "cost_effect": 9999, "days_effect": 5})],
            }
        )
        capacity.action_submit()
        for dimension in ("sales", "materials", "technical"):
            self._opinion(evaluation, dimension).action_agree()
        evaluation.with_user(self.people["chair"]).action_close()
        letter = evaluation.customer_letter
        self.assertIn("PO 77", letter)
        self.assertIn("5 days later", letter)
        for internal in ("1.5", "Printer B", "9999", "9,999"):
            self.assertNotIn(internal, letter)
        action = evaluation.with_user(self.people["sales"]).action_send_letter()
        self.assertEqual(action["context"]["default_partner_ids"], self.customer.ids)

    def test_failed_order_is_submitted_again(self):
        """R3.4: after a failure sales looks for a way and submits again; the old decision is kept."""
        order = self._make_order()
        failed = self._decide(order, capacity="no")
        order.with_user(self.people["sales"]).commitment_date = "2026-05-04 08:00:00"
        self.assertEqual(self._decide(order).state, "passed")
        self.assertEqual(failed.state, "failed")
        self.assertNotIn("evaluation", self._codes(order, "contract"))

    def test_submit_once(self):
        """R3.3.1: an order that is evaluated, or under evaluation, is not submitted again as it stands."""
        order = self._make_order()
        self._submit(order)
        with self.assertRaises(EvaluationRefusedError):
            order.with_user(self.people["sales"]).action_submit_evaluation()

    def test_submit_by_sales_alone(self):
        """R3.3.1: nobody but sales submits an order."""
        order = self._make_order()
        for name in ("chair", "capacity"):
            with self.assertRaises(EvaluationRefusedError):
                order.with_user(self.people[name]).action_submit_evaluation()

    def test_incomplete_order_is_not_submitted(self):
        """R3.2.1, R3.3.1: what blocks the step "evaluate" keeps an order from the panel."""
        order = self._make_order()
        self.env["sale.order.line"].create({"order_id": order.id, "product_id": self.paper.id})
        with self.assertRaises(EvaluateBlockedError):
            order.with_user(self.people["sales"]).action_submit_evaluation()
        self.assertFalse(order.paper_evaluation_ids)

    def test_orders_without_paper_stay_out(self):
        """R2: an order without paper needs no evaluation."""
        other = self._make_product("Pallet")
        order = self.env["sale.order"].create(
            {"partner_id": self.customer.id, "user_id": False, "order_line": [(0, 0, {"product_id": other.id})]}
        )
        self.assertFalse(order._get_blockers("confirm")[order])
        with self.assertRaises(EvaluationRefusedError):
            order.with_user(self.people["sales"]).action_submit_evaluation()

    def test_call_off(self):
        """R3.3.1: sales calls off an open evaluation, and the order counts as not evaluated."""
        order = self._make_order()
        evaluation = self._submit(order)
        evaluation.with_user(self.people["sales"]).action_cancel()
        self.assertEqual(evaluation.state, "cancelled")
        self.assertEqual(evaluation.deadline_state, "done")
        self.assertFalse(evaluation.opinion_ids.activity_ids)
        self.assertIn("evaluation", self._codes(order, "confirm"))

    def test_passed_order_is_confirmed(self):
        """R3.4, R4.2.2: a passed order confirms; one that was not evaluated does not."""
        order, other = self._make_order(), self._make_order()
        self._decide(order)
        order.with_user(self.people["sales"]).action_confirm()
        self.assertEqual(order.state, "sale")
        with self.assertRaises(ConfirmBlockedError):
            other.with_user(self.people["sales"]).action_confirm()

    def test_late_panel_escalates(self):
        """R3.3.1: a panel past its deadline reminds who owes and tells the management."""
        evaluation = self._submit(self._make_order())
        self._opinion(evaluation, "capacity").action_agree()
        with self.env.cr.savepoint(), self.subTest("reminder"):
            evaluation._clock_remind()
            reminded = evaluation.activity_ids.user_id
            self.assertIn(self.people["cost"], reminded)
            self.assertNotIn(self.people["capacity"], reminded)
        evaluation._clock_escalate()
        self.assertIn(self.people["chair"], evaluation.activity_ids.user_id)
