from odoo import api, models

# The time of a work order that has begun is what it is: it stands in nobody's way, and nobody in its.
BEGUN = ("progress", "done", "cancel")


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    @api.model_create_multi
    def create(self, vals_list):
        works = super().create(vals_list)
        works.leave_id._paper_mirror()
        return works

    def write(self, vals):
        if vals.get("workcenter_id"):
            self._paper_check_machine(self.env["mrp.workcenter"].browse(vals["workcenter_id"]))
        if vals.get("state") in BEGUN:
            # sudo: as in the list itself
            slots = self.env["paper.slot.reservation"].sudo()
            slots.search([("workorder_id", "in", self.ids), ("state", "=", "firm")])._release("used")
        result = super().write(vals)
        if vals.get("leave_id"):
            self.leave_id._paper_mirror()
        return result
