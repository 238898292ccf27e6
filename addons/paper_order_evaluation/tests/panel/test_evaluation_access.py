from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import EvaluationRefusedError, WrongDepartmentError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationAccess(EvaluationCommon):
    def test_portal_sees_nothing(self):
        """R3.4: a customer reads neither evaluations and opinions nor margins, in the portal or over RPC."""
        portal = new_test_user(self.env, "eval_portal", groups="base.group_portal")
        order = self._make_order(partner_id=portal.partner_id.id)
        order.message_subscribe(portal.partner_id.ids)
        evaluation = self._decide(order, cost="no")
        self.assertTrue(order.with_user(portal).amount_total)
        for name in ("margin", "margin_percent", "paper_evaluation_state", "paper_evaluation_ids", "paper_evaluation_conditions"):
            with self.assertRaises(AccessError):
                order.with_user(portal).read([name])
        for record in (evaluation, evaluation.opinion_ids):
            with self.assertRaises(AccessError):
                record.with_user(portal).read(["display_name"])
        # The reasons stay inside the mill: what sales got is an internal message or addressed to sales alone.
        seen = self.env["mail.message"].with_user(portal).search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        self.assertFalse([message for message in seen if "cost says why" in (message.body or "")])

    def test_cost_figures_by_right(self):
        """R3.3.5: cost and margin are read by finance, management and sales; the workshop's side sees none."""
        evaluation = self._submit(self._make_order())
        cost = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "cost")
        for name in ("cost", "chair", "sales"):
            self.assertIn("Margin", cost.with_user(self.people[name]).headline)
        for name in ("capacity", "legal"):
            seen = cost.with_user(self.people[name])
            self.assertNotIn("Margin", seen.headline)
            self.assertFalse(seen.evidence_html)
            with self.assertRaises(AccessError):
                seen.read(["cost_evidence"])

    def test_other_company(self):
        """R3.3.1: a department of another company neither sees nor answers."""
        company = self.env["res.company"].create({"name": "Second mill"})
        foreign = new_test_user(
            self.env,
            "eval_foreign",
            groups="base.group_user,paper_base.group_planning",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        evaluation = self._submit(self._make_order())
        capacity = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        self.assertFalse(self.env["paper.evaluation"].with_user(foreign).search([("id", "=", evaluation.id)]))
        with self.assertRaises(AccessError):
            capacity.with_user(foreign).action_agree()
        with self.assertRaises(WrongDepartmentError):
            capacity.with_user(foreign).sudo().write({"verdict": "yes"})
        self.assertNotIn(foreign, capacity.activity_ids.user_id)

    def test_own_company_settings(self):
        """R3.3.1: the working days are each company's own."""
        company = self.env["res.company"].create({"name": "Second mill", "paper_evaluation_days": 10})
        self.assertEqual(self.company.paper_evaluation_days, 3)
        self.assertEqual(company.paper_evaluation_days, 10)

    def test_who_writes_letter_and_conclusion(self):
        """R3.4: sales edits the message to the customer, the chair writes the conclusion, nobody else."""
        evaluation = self._submit(self._make_order())
        self._give(evaluation, cost="no")
        evaluation.with_user(self.people["chair"]).conclusion = "A pity"
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(self.people["sales"]).conclusion = "Nonsense"
        evaluation.with_user(self.people["chair"]).action_close()
        evaluation.with_user(self.people["sales"]).customer_letter = "<p>Dear customer</p>"
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(self.people["capacity"]).customer_letter = "<p>No</p>"

    def test_every_department_reads(self):
        """R4.2.2: every department sees how an evaluation stands."""
        order = self._make_order()
        evaluation = self._submit(order)
        for user in self.people.values():
            self.assertTrue(evaluation.with_user(user).owed)
            self.assertEqual(order.with_user(user).paper_evaluation_state, "open")
            self.assertTrue(evaluation.opinion_ids.with_user(user).mapped("headline"))

    def test_other_company_takes_no_part(self):
        """R3.3.1, R3.4: the people of another company chair, ask, offer and settle nothing here, and see none of it."""
        company = self.env["res.company"].create({"name": "Second mill"})
        groups = ("management", "sales", "finance")
        foreign = new_test_user(
            self.env,
            "eval_foreign",
            groups=",".join(["base.group_user", *(f"paper_base.group_{name}" for name in groups)]),
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        evaluation = self._submit(self._make_order())
        evaluation.with_user(self.people["sales"]).action_ask_customer("Which core?")
        talk = self.env["paper.evaluation.price.round"].sudo()._by_step().create({"evaluation_id": evaluation.id})
        seen = evaluation.with_user(foreign)
        for act in (
            seen.action_close,
            seen.action_cancel,
            seen.action_ask_customer,
            seen.action_open_price_round,
            evaluation.question_ids.with_user(foreign).action_answer,
            talk.with_user(foreign).action_fail,
        ):
            with self.subTest(act.__name__), self.assertRaises(AccessError):
                words = ("x",) if act.__name__ in ("action_ask_customer", "action_answer", "action_fail") else ()
                act(*words)
        for record in (evaluation, evaluation.question_ids, talk):
            self.assertFalse(record.with_user(foreign).search([("id", "in", record.ids)]))
        self.assertFalse(evaluation._is_chaired_by(foreign))
        self.assertFalse(evaluation.with_user(foreign).sudo().is_chair)
        with self.assertRaises(EvaluationRefusedError):
            evaluation.with_user(foreign).sudo().write({"state": "passed"})
