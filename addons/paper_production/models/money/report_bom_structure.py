from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides

from .overviews import without_costs


class ReportBomStructure(models.AbstractModel):
    _inherit = "report.mrp.report_bom_structure"

    @api.model
    def _get_report_data(self, bom_id, searchQty=0, searchVariant=False):
        data = super()._get_report_data(bom_id, searchQty=searchQty, searchVariant=searchVariant)
        return without_costs(data) if hides(self.env, "cost") else data

    @api.model
    def _get_pdf_line(self, *args, **kwargs):
        data = super()._get_pdf_line(*args, **kwargs)
        return without_costs(data) if hides(self.env, "cost") else data
