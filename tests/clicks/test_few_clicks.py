"""How many clicks lie between the login and the work, counted in a browser on the demo mill."""

from odoo.addons.paper_base.tests.browser import CountedClicks
from odoo.addons.paper_mill.tests.test_departments import DEPARTMENTS
from odoo.tests import HttpCase, tagged
from werkzeug.urls import url_encode

TASK = ".o_paper_task"
FIRST = f"{TASK}:first-child .o_paper_go_on"
# The desk has been left, or says what was done.
TAKEN = ".o_form_view, .modal-content, .o_notification"


@tagged("post_install", "-at_install")
class TestFewClicks(CountedClicks, HttpCase):
    def _as(self, login, records):
        return records.with_user(self.env["res.users"].search([("login", "=", login)]))

    def _order(self, number):
        return self.env["sale.order"].search([("client_order_ref", "=", f"PO-{number}")])

    def _give_everybody_something(self):
        """Leave something to do for the two departments that have nothing to do in the demo mill."""
        partner = self.env["res.partner"].create({"name": "新客户", "is_company": True})
        self._as("sales", self.env["paper.credit.review"]).create({"partner_id": partner.id})
        plan = self._as("planning", self.env["paper.production.plan"]).create({})
        plan.action_collect()
        plan.action_submit()

    def test_few_clicks(self):
        """R4.1.2, R4.1.3, R4.2.2, R5.3.1, R6.2.2: from the login, each of the departments has its next task in hand with at most
        two clicks, legal decides with four, the workshop starts an order and the warehouse opens a delivery with two; a
        customer signs with three from the mail."""
        self._give_everybody_something()
        with self.person() as person:
            for department in (name for name in DEPARTMENTS if name != "management"):  # who lands on a cockpit
                with self.subTest(department=department):
                    self._takes_the_next_task(person, department)
            for way in (self._legal_decides, self._the_workshop_starts, self._the_warehouse_opens, self._the_customer_signs):
                with self.subTest(way=way.__name__):
                    person.rests()
                    way(person)

    def _takes_the_next_task(self, person, department):
        person.enters(department)
        self.assertTrue(person.sees(TASK), "no task after the login")
        next_task = person.reads(f"{TASK}:first-child")
        person.clicks_on(FIRST)
        # Either the document stands there, or what was done leaves the next task on top.
        self.assertTrue(person.sees_change(f"{TASK}:first-child", next_task, TAKEN), "nothing was taken")
        self.assertClicks(person, 2)

    def _legal_decides(self, person):
        review = self._order(2605).contract_ids.review_ids
        self.assertEqual(review.result, "open")
        person.enters("legal")
        person.clicks_on(FIRST)
        self.assertTrue(person.sees("[name='contract_text']", "第二条"), "no text beside the decision")
        person.clicks_on("button[name='action_accept']")
        person.clicks_on(".modal-footer .btn-primary")
        self.assertTrue(person.sees(".o_arrow_button_current[data-value='accepted']"))
        self.assertClicks(person, 4)
        person.rests()
        self.assertEqual(review.result, "accepted")

    def _the_workshop_starts(self, person):
        production = self._order(2608).mrp_production_ids
        name, row = production.name, f"{TASK}[data-kind='to_produce'][data-id='{production.id}']"
        self.assertTrue(self._as("workshop", production).paper_can_start)
        person.enters("workshop")
        person.clicks_on(f"{row} .o_paper_go_on", "开始")
        self.assertTrue(person.sees(".o_notification", name))
        self.assertClicks(person, 2)
        person.rests()
        self.assertEqual(production.workorder_ids.mapped("state").count("progress"), 1)

    def _the_warehouse_opens(self, person):
        note = self._order(2610).picking_ids.filtered(lambda rec: rec.state == "assigned").name
        person.enters("warehouse")
        person.clicks_on(FIRST)
        self.assertTrue(person.sees(".o_form_view [name='name']", note))
        self.assertTrue(person.sees("button[name='action_check_loading']"))
        self.assertClicks(person, 2)

    def _the_customer_signs(self, person):
        contract = self._order(2606).contract_ids
        self.assertEqual(contract.state, "sent")
        tokens = {
            "access_token": contract._link_issue("read", partner=contract.partner_id),
            "sign_token": contract._link_issue("sign", uses=1, partner=contract.partner_id),
        }
        self.authenticate(None, None, browser=person.browser)
        person.goes(f"/my/contracts/{contract.id}?{url_encode(tokens)}")
        person.clicks = 1  # the link in the mail
        person.clicks_on("#sign input[name='title']")
        person.types("采购经理")
        # The company's own address is no person's: who signs types the own name, one field further on.
        person.presses("Tab")
        person.types("陈晨")
        person.clicks_on("#sign .o_portal_sign_submit:enabled")
        self.assertTrue(person.sees(".o_portal_contract .alert-success"))
        self.assertClicks(person, 3)
        person.rests()
        self.assertTrue(contract.customer_signed_on)
        self._the_management_takes_it_up(person)

    def _the_management_takes_it_up(self, person):
        person.enters("management")
        person.clicks_on(".o_paper_scope[data-scope='mine']")
        # The whole mill's desk, which is left, has this row as well.
        self.assertTrue(person.sees(".o_paper_scope.btn-primary[data-scope='mine']"))
        person.clicks_on(f"{TASK}[data-kind='to_sign'] .o_paper_go_on")
        self.assertTrue(person.sees("button[name='action_sign_company']"))
        self.assertClicks(person, 2)
