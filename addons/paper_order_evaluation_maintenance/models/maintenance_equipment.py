from odoo import fields, models


class MaintenanceEquipment(models.Model):
    _inherit = "maintenance.equipment"

    paper_workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Work Center",
        index="btree_not_null",
        check_company=True,
        help="The machine that stands still while this equipment is maintained.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "paper_workcenter_id" in vals:
            self.maintenance_ids._paper_close_machines()
        return result
