from odoo import models


class MrpProductionSplit(models.TransientModel):
    """Parts of an order keep the start that its plan agreed on."""

    _inherit = "mrp.production.split"

    def action_split(self):
        production = self.production_id
        start, was_planned = production.date_start, production.is_planned
        if any(detail.date != start for detail in self.production_detailed_vals_ids):
            production._check_agreed("field")
        action = super(MrpProductionSplit, production._as_released(self)).action_split()
        if was_planned:
            # The dialog writes the start of each part, which takes its schedule back.
            parts = production.production_group_id.production_ids.filtered(lambda rec: rec.state == "confirmed")
            parts._as_released().button_plan()
        return action
