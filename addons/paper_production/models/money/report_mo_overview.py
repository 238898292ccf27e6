from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides

from .overviews import without_costs


class ReportMoOverview(models.AbstractModel):
    _inherit = "report.mrp.report_mo_overview"

    @api.model
    def _get_report_data(self, production_id):
        data = super()._get_report_data(production_id)
        return without_costs(data) if hides(self.env, "cost") else data
