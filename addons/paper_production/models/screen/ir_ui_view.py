from odoo import models

# Models whose durations Odoo keeps in minutes and shows as hours:minutes, so that 5400 minutes read as 5400 hours.
IN_MINUTES = ("mrp.production", "mrp.workorder", "mrp.workcenter.productivity")
DURATIONS = ("duration", "duration_expected", "production_duration_expected", "production_real_duration")


class IrUiView(models.Model):
    _inherit = "ir.ui.view"

    def _postprocess_tag_field(self, node, name_manager, node_info):
        """Tell minutes as the hours and minutes that they are."""
        result = super()._postprocess_tag_field(node, name_manager, node_info)
        told = node.get("widget") in ("float_time", "mrp_timer") and node.get("name") in DURATIONS
        if told and name_manager.model._name in IN_MINUTES:
            node.set("widget", "paper_minutes")
        return result
