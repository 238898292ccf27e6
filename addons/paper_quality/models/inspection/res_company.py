from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_final_test_id = fields.Many2one(
        "qc.test",
        string="Test of Finished Paper",
        help="The questions of each final inspection. Empty: appearance, dimensions, basis weight and moisture.",
    )

    def _paper_final_test(self):
        """Return the test that finished paper is inspected by (R6.1.1)."""
        self.ensure_one()
        # sudo: whoever confirms an order causes its inspection, without reading the laboratory's tests
        own = self.sudo().paper_final_test_id
        # By its number alone: whether it is still there would be asked for each order that is confirmed.
        number = own.id or self.env["ir.model.data"]._xmlid_to_res_id("paper_quality.test_final", raise_if_not_found=True)
        return own.browse(number)
