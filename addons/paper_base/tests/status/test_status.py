import json
from datetime import timedelta
from xmlrpc.client import Fault

from odoo.addons.base.tests.common import HttpCase
from odoo.fields import Datetime
from odoo.tests import mute_logger, new_test_user, tagged

from ...exceptions import UnreadableInputError
from ..common import PaperCommon


class StatusCommon(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._create_order(user_id=cls.salesman.id, client_order_ref="PO-77")

    def _settle_order(self, order=None):
        (order or self.order)._paper_status_changed()
        self._settle()


@tagged("post_install", "-at_install")
class TestStatus(StatusCommon):
    def setUp(self):
        super().setUp()
        self._settle_order()

    def _ask(self, user=None, **question):
        return self.env["sale.order"].with_user(user or self.salesman).paper_status(**question)

    def test_codes_and_iso_dates(self):
        """R4.2.2: another program reads where an order stands by codes and ISO dates, in whatever language it asks."""
        for lang in ("en_US", "zh_CN"):
            answer = self.env["sale.order"].with_user(self.salesman).with_context(lang=lang).paper_status(["PO-77"])
            (told,) = answer["orders"]
            self.assertEqual((told["ref"], told["customer_ref"], told["stage"]), (self.order.name, "PO-77", "confirmed"))
            received = told["steps"][0]
            self.assertEqual((received["code"], received["state"]), ("received", "done"))
            self.assertEqual(received["date"], self.order.create_date.date().isoformat())
        json.dumps(answer)
        self.assertEqual(self._ask(refs=[self.order.name, "nowhere"])["orders"], answer["orders"])

    def test_since(self):
        """R4.2.2: with the cursor of the answer before, only orders come that have moved since; none is lost."""
        seen, cursor = [], ""
        for _page in range(2000):
            answer = self._ask(since=cursor, limit=500)
            seen += [told["id"] for told in answer["orders"]]
            cursor = answer["cursor"]
            if not answer["more"]:
                break
        self.assertIn(self.order.id, seen)
        self.assertNotIn(self.order.id, [told["id"] for told in self._ask(since=cursor)["orders"]])
        self.order.action_confirm()
        self._settle_order()
        told = [told for told in self._ask(since=cursor)["orders"] if told["id"] == self.order.id]
        self.assertEqual([(item["state"], item["stage"]) for item in told], [("sale", "closed")])

    def test_nothing_moved_nothing_told(self):
        """R4.2.2: what leaves the status as it is does not move it."""
        before = self.order.sudo().paper_status_moved
        self._settle_order()
        self.assertEqual(self.order.sudo().paper_status_moved, before)
        self.assertFalse(self.order.copy().sudo().paper_status_moved)

    def test_what_makes_no_sense_is_refused(self):
        """R4.2.2: a question that cannot be read is refused with a sentence."""
        bad = ({"refs": "S1"}, {"refs": [1]}, {"since": "yesterday"}, {"since": 3}, {"since": "2026-13-01T00:00:00.000000Z/1"},
               {"limit": 0}, {"limit": 501}, {"limit": "9"}, {"limit": True})  # fmt: skip
        for question in bad:
            with self.subTest(question=question), self.assertRaises(UnreadableInputError):
                self._ask(**question)

    def test_a_customer_sees_his_own(self):
        """R4.2.2: a customer's key opens the customer's orders, without what is internal."""
        self._add_milestones({"code": "evaluated", "name": "Panel", "state": "current", "internal": True, "department": "sales"})
        other = self.env["res.partner"].create({"name": "Other Print", "is_company": True})
        theirs = self._create_order(partner_id=other.id, client_order_ref="PO-77")
        (self.order | theirs)._by_step("state").write({"state": "sent"})
        self._settle_order(self.order | theirs)
        person = self.env["res.partner"].create({"name": "Buyer", "parent_id": self.customer.id})
        buyer = new_test_user(self.env, "t_status_buyer", groups="base.group_portal", partner_id=person.id)
        (told,) = self._ask(buyer, refs=["PO-77"])["orders"]
        self.assertEqual((told["id"], told["stage"]), (self.order.id, "confirmed"))
        self.assertEqual({key for step in told["steps"] for key in step}, {"code", "state", "date", "deadline"})
        self.assertNotIn("evaluated", [step["code"] for step in told["steps"]])
        inside = [told for told in self._ask(refs=["PO-77"])["orders"] if told["id"] == self.order.id]
        self.assertEqual(inside[0]["stage"], "evaluated")

    def test_another_company(self):
        """R4.2.2: orders of a company that the reader does not work for are not told."""
        company = self.env["res.company"].create({"name": "Second mill"})
        stranger = self._create_user("t_status_other", "paper_base.group_sales", company_id=company.id, company_ids=company.ids)
        self.assertFalse(self._ask(stranger, refs=["PO-77"])["orders"])


@tagged("post_install", "-at_install")
class TestStatusFromOutside(StatusCommon, HttpCase):
    def test_json_2_and_xml_rpc(self):
        """R4.2.2: the status is read by JSON-2 with an API key, and by XML-RPC; what makes no sense is answered with 4xx."""
        self._settle_order()
        keys = self.env["res.users.apikeys"].with_user(self.salesman)
        key = keys._generate("rpc", "Status", Datetime.now() + timedelta(days=1))
        self.env.flush_all()

        def ask(**question):
            headers = {"Authorization": f"Bearer {key}", "X-Odoo-Database": self.env.cr.dbname}
            return self.url_open("/json/2/sale.order/paper_status", json=question, headers=headers)

        answer = ask(refs=["PO-77"])
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["orders"][0]["ref"], self.order.name)
        with mute_logger("odoo.http"):
            refused = ask(since="yesterday")
        self.assertEqual(refused.status_code // 100, 4, refused.text)
        self.assertNotIn("Traceback", refused.json().get("message", ""))
        quiet = mute_logger("odoo.addons.rpc.controllers.xmlrpc", "odoo.http")
        arguments = (self.env.cr.dbname, self.salesman.id, key, "sale.order", "paper_status", [["PO-77"]])
        with quiet:
            self.assertEqual(self.xmlrpc_object.execute_kw(*arguments)["orders"], answer.json()["orders"])
        with quiet, self.assertRaises(Fault):
            self.xmlrpc_object.execute_kw(*arguments[:-1], ["PO-77"])
