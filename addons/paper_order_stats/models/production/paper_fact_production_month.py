from odoo import models

from .paper_production_figure import RATIOS


class PaperFactProductionMonth(models.Model):
    """Figures of production by month."""

    _name = "paper.fact.production.month"
    _inherit = ["paper.fact.month.mixin", "paper.production.figure"]
    _description = "Production Figures by Month"
    _auto = False
    _log_access = False
    _figure_ratios = RATIOS

    def _derived(self):
        return super()._derived() | {"oee_percent"}

    def _read_group_select(self, aggregate_spec, query):
        if aggregate_spec.startswith("oee_percent:"):
            return self._oee_select(query)
        return super()._read_group_select(aggregate_spec, query)
