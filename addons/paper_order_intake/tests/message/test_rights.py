from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..common import SHEET, IntakeCommon

MODELS = (
    "paper.intake.message",
    "paper.intake.upload",
    "paper.intake.channel",
    "paper.intake.column",
    "paper.intake.secret",
    "paper.intake.suspicion",
)
ORDER_FIELDS = ("intake_channel_id", "intake_message_ids")


@tagged("post_install", "-at_install")
class TestRights(IntakeCommon):
    def test_other_departments(self):
        """R3.1.2: the workshop sees no arrivals."""
        self._upload(self._book(SHEET))
        worker = self._create_user("t_worker", "paper_base.group_workshop")
        for model in ("paper.intake.message", "paper.intake.upload"):
            with self.assertRaises(AccessError, msg=model):
                self.env[model].with_user(worker).search([])
        with self.assertRaises(AccessError):
            self.env["sale.order"].with_user(worker).search([], limit=1).read(["intake_message_ids"])

    def test_management_reads_only(self):
        """R3.1.2: the management reads arrivals and changes none."""
        arrival = self._create_arrival()
        self.assertEqual(arrival.with_user(self.manager).number, "A1")
        with self.assertRaises(AccessError):
            arrival.with_user(self.manager).action_process()
        with self.assertRaises(AccessError):
            arrival.with_user(self.manager).weight = 1

    def test_sales_does_not_set_up_channels(self):
        """R3.1.2: who handles a channel is not the salesperson's to change."""
        with self.assertRaises(AccessError):
            self.channel.with_user(self.seller).handler_id = self.colleague


@tagged("post_install", "-at_install")
class TestPortalRights(IntakeCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls._create_user("t_portal", "base.group_portal", password="t_portal_pass")
        cls.portal.partner_id.parent_id = cls.customer
        cls.order = cls._create_complete_order()

    def test_portal_reads_nothing_of_it(self):
        """R3.1.2: over RPC a customer reads no arrivals, nor the internal fields of his order."""
        self.authenticate("t_portal", "t_portal_pass")
        for model in MODELS:
            self._assert_refused(model, "search_read", [[], ["id"]])
        for field in ORDER_FIELDS:
            self._assert_refused("sale.order", "read", [self.order.ids, [field]])
        self.assertEqual(self._call("sale.order", "read", [self.order.ids, ["name"]])["result"][0]["name"], self.order.name)

    def test_portal_calls_no_step(self):
        """R3.1.2: over RPC a customer presses none of the mill's buttons on his order."""
        self.authenticate("t_portal", "t_portal_pass")
        for method in ("action_open_intake_message",):
            self._assert_refused("sale.order", method, [self.order.ids])

    def test_portal_learns_no_name(self):
        """R4.2.2: what refuses a customer to change an order names neither it nor whose it is."""
        other = self._create_complete_order(partner_id=self.env["res.partner"].create({"name": "Rival Printers"}).id)
        self.authenticate("t_portal", "t_portal_pass")
        for method, *values in (("write", {"note": "x"}), ("unlink",)):
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
