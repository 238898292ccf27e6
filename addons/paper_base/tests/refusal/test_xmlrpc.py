from xmlrpc.client import Fault

from odoo.tests import HttpCase, new_test_user, tagged
from odoo.tools import mute_logger


@tagged("post_install", "-at_install")
class TestXMLRPC(HttpCase):
    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc", "odoo.sql_db")
    def test_a_sentence_instead_of_a_traceback(self):
        """R4.2.2: a program that calls by XML-RPC reads why it is refused, and of what cannot be read that it cannot."""
        user = new_test_user(self.env, "rpc_sales", groups="paper_base.group_sales", password="rpc_sales")
        order = self.env["sale.order"].create({"partner_id": user.partner_id.id, "user_id": user.id})
        calls = {
            "a date": ("sale.order", "write", [order.ids, {"commitment_date": "tomorrow"}]),
            "another kind": ("sale.order", "write", [order.ids, {"partner_id": "x"}]),
            "no such method": ("sale.order", "nothing", [order.ids]),
            "a refusal": ("sale.order", "write", [order.ids, {"locked": True}]),
        }
        for name, (model, method, args) in calls.items():
            with self.subTest(name), self.assertRaises(Fault) as caught:
                self.xmlrpc_object.execute_kw(self.env.cr.dbname, user.id, "rpc_sales", model, method, args)
            self.assertNotIn("Traceback", caught.exception.faultString)
            self.assertEqual(caught.exception.faultCode, 2, caught.exception.faultString)
