from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestComplaints(BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.customer = cls.env["res.partner"].create({"name": "Printer", "is_company": True})

    def _ticket(self, **values):
        values = {"name": "F", "description": "<p>Text</p>", "partner_id": self.customer.id, **values}
        return self.env["helpdesk.ticket"].create({"company_id": self.env.company.id, **values})

    def _complaints(self):
        ledger = self.env["paper.credit.ledger"]
        return ledger._figures(self.customer, self.env.company)[self.customer.id]["complaints"]

    def test_complaints_of_a_customer(self):
        """R3.2.2, R7.1.1: complaints about quality or service, or serious ones, count; a question of use does not."""
        self.assertEqual(self._complaints(), 0)
        self._ticket(nature="quality")
        self._ticket(nature="use")
        self._ticket(nature="use", severity="serious")
        contact = self.env["res.partner"].create({"name": "Ms. Li", "parent_id": self.customer.id})
        self._ticket(nature="service", partner_id=contact.id)
        self.assertEqual(self._complaints(), 3)

    def test_unfounded_costs_no_credit(self):
        """R3.2.2: a complaint that was rejected as unfounded costs the customer no credit; one that is only closed does."""
        self.customer.email = "c@example.com"
        for stage in ("rejected", "done"):
            stage_id = self.env.ref(f"helpdesk_mgmt.helpdesk_ticket_stage_{stage}").id
            self._ticket(nature="quality", solution="Looked into", stage_id=stage_id)
        self.assertEqual(self._complaints(), 1)

    def test_still_one_query(self):
        """R3.2.2: with complaints the figures still cost one query, for one customer as for many."""
        partners = self.env["res.partner"].create([{"name": f"C{number}"} for number in range(20)])
        for some in (partners[:1], partners):
            self.env["paper.credit.ledger"]._figures(some, self.env.company)
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.env["paper.credit.ledger"]._figures(some, self.env.company)
            self.assertEqual(self.env.cr.sql_log_count - before, 1)

    def test_seen_on_the_review(self):
        """R3.2.2: the credit screen shows how often the customer complained."""
        self._ticket(nature="quality")
        review = self.env["paper.credit.review"].create({"partner_id": self.customer.id})
        self.assertEqual(review.complaint_count, 1)
