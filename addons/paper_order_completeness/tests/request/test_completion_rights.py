from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import CompletenessCommon

ORDER_FIELDS = ("paper_missing", "paper_missing_text", "paper_asked_on")


@tagged("post_install", "-at_install")
class TestCompletionPortalRights(CompletenessCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._create_user("t_portal", "base.group_portal", password="t_portal_pass")
        cls.portal.partner_id.parent_id = cls.customer
        cls.order = cls._create_complete_order()

    def test_portal_reads_nothing_of_it(self):
        """R3.2.1: over RPC a customer does not read the internal fields of his order."""
        self.authenticate("t_portal", "t_portal_pass")
        for field in ORDER_FIELDS:
            self._assert_refused("sale.order", "read", [self.order.ids, [field]])
        self.assertEqual(self._call("sale.order", "read", [self.order.ids, ["name"]])["result"][0]["name"], self.order.name)

    def test_portal_calls_no_step(self):
        """R3.2.1: over RPC a customer presses none of the mill's buttons on his order."""
        self.authenticate("t_portal", "t_portal_pass")
        self._assert_refused("sale.order", "action_ask_customer", [self.order.ids])

    def test_portal_learns_no_name(self):
        """R4.2.2: what refuses a customer to change an order names neither it nor whose it is."""
        other = self._create_complete_order(partner_id=self.env["res.partner"].create({"name": "Rival Printers"}).id)
        self.authenticate("t_portal", "t_portal_pass")
        for method, *values in (("action_ask_customer",),):
            answer = self._call("sale.order", method, [other.ids, *values], context={"sale_show_partner_name": True})["error"]
            self.assertEqual(answer["data"]["name"], "odoo.exceptions.AccessError", method)
            self.assertNotRegex(str(answer["data"]["message"]), f"{other.name}|Rival", method)

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
