import json

from odoo.http import serialize_exception
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ...exceptions import REFUSAL, ConfirmBlockedError, PaperError, SpecGeometryError
from ..common import PaperCommon

# Beyond the sentence itself, whose words are the rule's.
SENTENCE = "What is wrong, and what to do."


def refusals(error=PaperError):
    """Return every named error that is loaded: those of whatever addons are installed."""
    return {error, *(found for child in error.__subclasses__() for found in refusals(child))}


@tagged("post_install", "-at_install")
class TestRefusals(PaperCommon, HttpCase):
    def test_every_named_error_has_the_dialog(self):
        """R2: whatever rule refuses, the web client is told to show its sentence, and not that it crashed."""
        self.assertGreater(len(refusals()), 10)
        for error in refusals():
            with self.subTest(error=error.__name__):
                sent = serialize_exception(error(SENTENCE))
                self.assertEqual(sent["context"]["exception_class"], REFUSAL)
                self.assertEqual((sent["message"], sent["arguments"]), (SENTENCE, (SENTENCE,)))
                json.dumps(sent)

    def test_way_out_of_a_single_rule(self):
        """R2: a refusal leads to the record on which it can be put right."""
        action = self.env["paper.way.out"]._open(self._create_sheet())
        error = SpecGeometryError(SENTENCE, action=action, label="Open")
        self.assertEqual(error.context["refusal"]["items"], [{"message": SENTENCE, "action": action, "label": "Open"}])
        self.assertFalse(SpecGeometryError(SENTENCE).context["refusal"]["items"])

    def test_way_out_of_each_blocker(self):
        """R2: what blocks a step is listed with its order and with the way out of each thing."""
        orders = self._create_order() | self._create_order()
        action = {"type": "ir.actions.act_window", "res_model": "sale.order", "views": [(False, "form")]}
        self._block()
        with self.assertRaises(ConfirmBlockedError) as refused:
            orders.with_user(self.salesman)._check_blockers("confirm")
        refusal = refused.exception.context["refusal"]
        self.assertEqual([item["heading"] for item in refusal["items"]], orders.mapped("name"))
        self.assertFalse(any(item["action"] for item in refusal["items"]))
        blocker = orders._paper_blocker("test", SENTENCE, {**action, "res_id": orders[0].id}, label="Go")
        error = orders.with_user(self.salesman)._blocked_error("confirm", {orders[0]: [blocker]})
        [item] = error.context["refusal"]["items"]
        self.assertEqual((item["message"], item["label"]), (SENTENCE, "Go"))
        self.assertEqual(item["action"]["res_id"], orders[0].id)
        self.assertIn(SENTENCE, str(error))

    def test_offered_to_who_may_open_it(self):
        """R2: nobody is led to a record that he may not open: no department without the right, and no customer."""
        order = self._create_order()
        way_out = self.env["paper.way.out"]
        to_order, to_users = way_out._open(order), way_out._open(self.env["res.users"].browse(), view_mode="list,form")
        legal = self._create_user("refusals_legal", "paper_base.group_legal")
        buyer = self._create_user("refusals_buyer", "base.group_portal", partner_id=self.customer.id)
        settings = {"type": "ir.actions.act_window", "res_model": "ir.cron", "views": [(False, "list")]}
        new_order = {"type": "ir.actions.act_window", "res_model": "sale.order", "views": [(False, "form")]}
        for user, action, offered in (
            (self.salesman, to_order, True),
            (legal, to_order, True),
            (legal, new_order, False),
            (self.salesman, new_order, True),
            (legal, settings, False),
            (buyer, to_order, False),
            (legal, None, False),
        ):
            with self.subTest(user=user.login, action=action and action["res_model"]):
                # sudo: rules are asked in sudo, and the person stays the one who asked
                self.assertEqual(bool(way_out.with_user(user).sudo()._offered(action)), offered)
        self.assertEqual(to_users["views"][0][1], "list")

    @mute_logger("odoo.http")
    def test_page_of_a_visitor(self):
        """R2: a rule that refuses a page of the portal is read as a sentence, with a way back."""
        self.patch(
            self.registry["sale.order"],
            "_get_portal_milestones",
            lambda orders: (_ for _ in ()).throw(SpecGeometryError(SENTENCE)),
        )
        order = self._create_order(state="sent")
        page = self.url_open(order.get_portal_url())
        self.assertEqual(page.status_code, 422)
        self.assertIn(SENTENCE, page.text)
        self.assertIn("o_paper_refusal_page", page.text)
