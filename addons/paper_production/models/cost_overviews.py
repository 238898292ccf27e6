"""The overviews of a manufacturing order and of a bill of materials, for a department that sees no costs."""

import re

from odoo import api, models
from odoo.addons.paper_base.models.money.paper_figures_hidden import hides_costs

# Under these names they hold what something costs; a total is one of costs.
COSTS = re.compile(r"cost|price|^total$|^value$")


def without_costs(data):
    """Return the data of an overview with every cost empty, at whatever depth."""
    if isinstance(data, dict):
        return {key: _emptied(value) if COSTS.search(str(key)) else without_costs(value) for key, value in data.items()}
    if isinstance(data, list):
        return [without_costs(item) for item in data]
    return data


def _emptied(value):
    if isinstance(value, (dict, list)):
        return type(value)()
    return 0.0 if isinstance(value, (int, float)) and not isinstance(value, bool) else False


class ReportMoOverview(models.AbstractModel):
    _inherit = "report.mrp.report_mo_overview"

    @api.model
    def _get_report_data(self, production_id):
        data = super()._get_report_data(production_id)
        return without_costs(data) if hides_costs(self.env) else data


class ReportBomStructure(models.AbstractModel):
    _inherit = "report.mrp.report_bom_structure"

    @api.model
    def _get_report_data(self, bom_id, searchQty=0, searchVariant=False):
        data = super()._get_report_data(bom_id, searchQty=searchQty, searchVariant=searchVariant)
        return without_costs(data) if hides_costs(self.env) else data

    @api.model
    def _get_pdf_line(self, *args, **kwargs):
        data = super()._get_pdf_line(*args, **kwargs)
        return without_costs(data) if hides_costs(self.env) else data
