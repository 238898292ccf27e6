from odoo.tests import HttpCase, new_test_user, tagged

from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestTours(AftersalesCommon, HttpCase):
    """What people do on screens: the customer on a phone, quality at its board, the visitor without a network."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls._order()
        cls.lot = cls._lot("R-1", cls.order)
        cls.buyer = new_test_user(cls.env, "tour_buyer", groups="base.group_portal", email="tour@example.com")
        cls.buyer.partner_id.parent_id = cls.customer

    def test_portal_complaint_on_a_phone(self):
        """R7.1.1 (acceptance): a customer reports a defect with a photo and the roll on a phone, and sees how far it is."""
        self.browser_size = "375x667"
        self.touch_enabled = True
        self.start_tour(f"/new/ticket?order_id={self.order.id}", "paper_aftersales_portal_complaint", login="tour_buyer")
        ticket = self.order.paper_ticket_ids
        self.assertRecordValues(ticket, [{"name": "纸边起毛", "remedy_sought": "replacement", "claimed_kg": 1000}])
        self.assertEqual(ticket.claim_roll_ids.lot_id, self.lot)
        files = self.env["ir.attachment"].search([("res_model", "=", "helpdesk.ticket"), ("res_id", "=", ticket.id)])
        self.assertEqual(files.mapped("mimetype"), ["image/jpeg"])
        self.assertTrue(ticket.defect_id)

    def test_quality_board(self):
        """R7.1.2 (acceptance): quality opens a case from its board and asks a department."""
        self._ticket(name="Board case", sale_order_id=self.order.id, nature="quality")
        self.start_tour("/odoo/customer-feedback", "paper_aftersales_quality_board", login="as_quality")
        question = self.order.paper_ticket_ids.question_ids
        self.assertEqual(question.question, "Why are the edges frayed?")
        self.assertEqual(question.group_id, self.env.ref("paper_base.group_workshop"))

    def test_visit_without_network(self):
        """R7.2.1 (acceptance): a visit is written down on site without a network and sent once, when there is one."""
        visit = self.order.paper_visit_ids
        visit.method = "onsite"
        self.browser_js(f"/paper/visit/{visit.id}", OFFLINE, "!!window.document.querySelector('#finding')", login="as_quality")
        visit.invalidate_recordset()
        self.assertRecordValues(visit, [{"state": "done", "use": "Runs well", "satisfaction": "4", "finding_count": 1}])
        self.assertEqual(visit.finding_ids.name, "Labels hard to read")
        self.assertEqual(visit.lot_ids, self.lot)


# The network is taken away as a phone does it: nothing goes out, then everything.
OFFLINE = """
(async () => {
    const wait = (done) => new Promise((resolve, reject) => {
        const begin = Date.now();
        const late = () => Date.now() - begin > 20000;
        const look = () => done() ? resolve() : late() ? reject(new Error(String(done))) : setTimeout(look, 100);
        look();
    });
    const whole = window.fetch;
    window.fetch = () => Promise.reject(new TypeError("no network"));
    const write = (id, text) => {
        const field = document.getElementById(id);
        field.value = text;
        field.dispatchEvent(new Event("input"));
        field.dispatchEvent(new Event("change"));
    };
    write("use", "Runs well");
    write("quality", "As ordered");
    document.querySelector("button[data-name='satisfaction'][data-key='4']").click();
    document.getElementById("finding").value = "Labels hard to read";
    document.getElementById("add").click();
    document.getElementById("roll").value = "R-1";
    document.getElementById("roll").form.requestSubmit();
    document.getElementById("done").click();
    await wait(() => /[1-9]/.test(document.getElementById("state").textContent));
    await new Promise((resolve) => setTimeout(resolve, 500));
    window.fetch = whole;
    window.dispatchEvent(new Event("online"));
    await wait(() => document.querySelector("section.closed"));
    console.log("test successful");
})().catch((error) => console.error(error));
"""
