import json

from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import CreditCommon

ADDON = "paper_order_credit"
# The models that a customer reads, as far as they are his.
MODELS = ("res.partner", "sale.order", "sale.order.line", "res.company")
LEDGER_MODELS = (
    "paper.credit.ledger",
    "paper.credit.review",
    "paper.credit.document",
    "paper.performance.suspension",
    "paper.blocker.override",
)


@tagged("post_install", "-at_install")
class TestCreditPortal(CreditCommon, HttpCase):
    """A customer calls the server himself, as any programmer of his can."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._create_user("t_portal", "base.group_portal", password="t_portal_pass", partner_id=cls.customer.id)
        cls._create_review()
        cls.order = cls._create_complete_order()
        cls.order.action_confirm()
        cls.suspension = cls.env["paper.performance.suspension"].create({"order_id": cls.order.id})

    def setUp(self):
        super().setUp()
        self.authenticate("t_portal", "t_portal_pass")

    def _call(self, model, method, args):
        params = {"model": model, "method": method, "args": args, "kwargs": {}}
        with mute_logger("odoo.http"):
            return self.url_open(
                f"/web/dataset/call_kw/{model}/{method}", json={"jsonrpc": "2.0", "method": "call", "params": params}
            ).json()

    def _record(self, model):
        order = self.order
        return {
            "res.partner": order.partner_id,
            "sale.order": order,
            "sale.order.line": order.order_line,
            "res.company": order.company_id,
        }[model]

    def _own_fields(self, model):
        """Return the fields that this addon adds to a model."""
        rows = self.env["ir.model.fields"].search([("model", "=", model)])
        own = rows.filtered(lambda row: ADDON in row.modules.split(", "))
        return [name for name in own.mapped("name") if "credit" in name or "suspension" in name or "code" in name]

    def test_no_field_of_it(self):
        """R3.2.2: over RPC a customer reads no field on credit of his own record, order, line or of the company."""
        asked = 0
        for model in MODELS:
            record = self._record(model)
            for name in self._own_fields(model):
                answer = self._call(model, "read", [record.ids, [name]])
                self.assertIn("AccessError", json.dumps(answer.get("error", {})), (model, name))
                asked += 1
        self.assertGreater(asked, 12)
        self.assertTrue(self._call("sale.order", "read", [self.order.ids, ["name"]])["result"])

    def test_no_way_around(self):
        """R3.2.2: nor by a search on them, a path through relations, an export, or the models themselves."""
        review = "paper_credit_review_ids.limit"
        for model, method, args in (
            ("res.partner", "search_read", [[[review, ">", 0]], ["id"]]),
            ("sale.order", "search_read", [[["paper_credit_review_id.limit", ">", 0]], ["id"]]),
            ("sale.order", "search_read", [[["partner_id." + review, ">", 0]], ["id"]]),
            ("sale.order", "web_read", [self.order.ids, {"paper_credit_hold": {}}]),
            ("sale.order", "export_data", [self.order.ids, ["paper_credit_review_id/limit"]]),
            *((model, "search_read", [[], ["id"]]) for model in LEDGER_MODELS),
            ("sale.order", "action_open_suspension", [self.order.ids]),
            ("sale.order", "action_override_blocker", [self.order.ids, "plan", "credit"]),
            ("paper.credit.ledger", "_figures", [[], []]),
        ):
            answer = self._call(model, method, args)
            text = json.dumps(answer)
            self.assertNotIn("100000", text, (model, method))
            if method != "action_override_blocker":
                self.assertIn("error", answer, (model, method, args))
