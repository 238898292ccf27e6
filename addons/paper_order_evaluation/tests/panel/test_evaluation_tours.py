from datetime import timedelta

from odoo import fields
from odoo.addons.paper_base.tests.browser import leave_out_stripped_file
from odoo.tests import HttpCase, new_test_user, tagged

from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationTours(EvaluationCommon, HttpCase):
    """A panel in the browser, in Chinese: five departments, the chair, and the customer."""

    freeze_time = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        leave_out_stripped_file(cls)
        cls.env["res.lang"]._activate_lang("zh_CN")
        for user in cls.people.values():
            user.write({"lang": "zh_CN", "tz": "Asia/Shanghai"})
        cls.customer.write({"name": "EVAL-TOUR", "lang": "zh_CN"})
        # Plenty of time and material and a machine for it, so that the figures of every department speak for the order.
        cls._make_capability(cls.machine)
        cls.delivery = fields.Datetime.now() + timedelta(days=60)
        cls.order = cls._make_order(commitment_date=cls.delivery)
        stock = cls.order.warehouse_id.lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(cls.pulp, stock, 100000)

    def _tour(self, name, person, path):
        self.start_tour(path, f"paper_evaluation_{name}", login=self.people[person].login)

    def test_a_panel_from_submission_to_decision(self):
        """R3.3.1, R3.3.2, R3.3.3, R3.3.4, R3.3.5, R3.4 (acceptance): sales submits, five people give their
        opinions each in one or two clicks, the chair closes."""
        self._tour("sales", "sales", f"/odoo/paper-orders/{self.order.id}")
        evaluation = self.order._current_evaluation()
        self.assertEqual(evaluation._pending_opinions().mapped("dimension"), ["capacity", "materials", "technical", "cost"])
        self.assertEqual(set(evaluation._pending_opinions().mapped("proposal")), {"yes"})
        self._tour("open_and_agree", "capacity", "/odoo/paper-opinions")
        self._tour("agree_in_list", "materials", "/odoo/paper-opinions")
        self._tour("agree_with_several", "technical", "/odoo/paper-opinions")
        self._tour("condition", "cost", "/odoo/paper-opinions")
        authors = {opinion.dimension: opinion.author_id for opinion in evaluation.opinion_ids}
        self.assertEqual(authors, {name: self.people[name] for name in authors})
        self._tour("chair", "chair", f"/odoo/paper-evaluations/{evaluation.id}")
        self.assertEqual((evaluation.state, evaluation.closed_by_id), ("conditional", self.people["chair"]))
        self.assertIn("预付三成货款", self.order.paper_evaluation_conditions)

    def test_the_plan_of_the_machines(self):
        """R3.3.2: a department reads the plan of the machines, and opens the order from its slot."""
        self._submit(self.order)
        self.start_tour("/odoo/paper-machine-plan", "paper_machine_plan", login=self.people["sales"].login)

    def test_the_customer_chooses(self):
        """R3.4: on his page, in Chinese, the customer accepts a part; the order goes on with it."""
        Evaluation = type(self.env["paper.evaluation"])

        def computed(records):
            return {
                record: [
                    record._alternative("date", date=self.delivery.date() + timedelta(days=14)),
                    record._alternative("quantity", lines={record.order_id.order_line: {"quantity": 4.0}}),
                ]
                for record in records
            }

        self.patch(Evaluation, "_compute_alternatives", computed)
        evaluation = self._decide(self.order, capacity="no")
        action = evaluation.with_user(self.people["sales"]).action_send_letter()
        composer = self.env["mail.compose.message"].with_user(self.people["sales"]).with_context(**action["context"])
        composer.create({}).action_send_mail()
        buyer = new_test_user(self.env, "eval_tour", groups="base.group_portal", partner_id=self.customer.id, lang="zh_CN")
        self.start_tour(f"/my/orders/{self.order.id}/alternatives", "paper_evaluation_customer", login=buyer.login)
        self.assertEqual(self.order.order_line.paper_quantity, 4)
        self.assertEqual(self.order._current_evaluation().revision, 2)
