from odoo.tests import tagged

from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestUninstall(PaperCommon):
    def test_what_goes_for_good_is_named_before(self):
        """R4.1.3: before an addon is taken out, how many documents go with it that the mill has to keep is said."""
        self.env["paper.customer.material"].search([]).unlink()
        module = self.env.ref("base.module_paper_base")
        wizard = self.env["base.module.uninstall"].create({"module_ids": module.ids})
        self.assertNotIn("Delegation", wizard.paper_lost or "")
        day = self.env.company._paper_today()
        other = self._create_user("t_stands_in", "paper_base.group_sales")
        values = {"user_id": self.salesman.id, "stand_in_id": other.id, "date_from": day, "date_to": day}
        self.env["paper.delegation"].with_user(self.salesman).create(values)
        wizard.invalidate_recordset()
        self.assertTrue(wizard.paper_lost)
