from odoo.addons.paper_aftersales.tests.common import AftersalesCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestContractWindow(AftersalesCommon):
    def test_days_of_the_contract(self):
        """R7.1.1: the days within which a defect is claimed are those of the contract in force, else the company's."""
        order = self._order(user_id=self.sales.id)
        ticket = self._ticket(sale_order_id=order.id, defect_id=self.env.ref("paper_aftersales.defect_edg").id)
        company = order.company_id
        self.assertEqual(ticket._claim_days(), company.paper_claim_days_visible)
        contract = (
            self.env["paper.contract"]
            .with_user(self.sales)
            .create({"order_id": order.id, "claim_days_visible": 7, "claim_days_hidden": 90})
        )
        self.assertEqual(ticket._claim_days(), company.paper_claim_days_visible, "a draft says nothing")
        contract.sudo()._by_step().write({"state": "in_force"})
        order.invalidate_recordset()
        self.assertEqual(ticket._claim_days(), 7)
        ticket.defect_id = self.env.ref("paper_aftersales.defect_brk")
        self.assertEqual(ticket._claim_days(), 90)
