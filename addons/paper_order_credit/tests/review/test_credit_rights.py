from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import CreditCommon

MODELS = ("paper.credit.review", "paper.credit.document", "paper.performance.suspension")


@tagged("post_install", "-at_install")
class TestCreditRights(CreditCommon):
    def test_other_departments(self):
        """R3.2.2: the workshop sees no credit reviews."""
        self._create_review()
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        with self.assertRaises(AccessError):
            self.env["paper.credit.review"].with_user(worker).search([])


@tagged("post_install", "-at_install")
class TestCreditPortalRights(CreditCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._create_user("t_portal", "base.group_portal", password="t_portal_pass")
        cls.portal.partner_id.parent_id = cls.customer
        cls.order = cls._create_complete_order()
        cls._create_review()

    def test_portal_reads_nothing_of_it(self):
        """R3.2.2: over RPC a customer reads nothing of the mill's judgement of his credit."""
        self.authenticate("t_portal", "t_portal_pass")
        for model in MODELS:
            self._assert_refused(model, "search_read", [[], ["id"]])
        self._assert_refused("res.partner", "read", [self.customer.ids, ["paper_credit_review_ids"]])
        self.assertEqual(self._call("sale.order", "read", [self.order.ids, ["name"]])["result"][0]["name"], self.order.name)

    def test_portal_calls_no_step(self):
        """R3.2.2: over RPC a customer requests no credit on his order."""
        self.authenticate("t_portal", "t_portal_pass")
        self._assert_refused("sale.order", "action_request_credit", [self.order.ids])

    def _call(self, model, method, args, **kwargs):
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/web/dataset/call_kw/{model}/{method}",
                json={"jsonrpc": "2.0", "method": "call", "params": params},
            ).json()

    def _assert_refused(self, model, method, args):
        answer = self._call(model, method, args)
        self.assertIn("AccessError", answer.get("error", {}).get("data", {}).get("name", ""), (model, method, args))
