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

    def _prepare_request_from_plan(self, maintenance_plan, next_maintenance_date):
        vals = super()._prepare_request_from_plan(maintenance_plan, next_maintenance_date)
        begin, end = maintenance_plan._paper_span(self, next_maintenance_date)
        return {**vals, "schedule_date": begin, "schedule_end": end}

    def write(self, vals):
        result = super().write(vals)
        if "paper_workcenter_id" in vals:
            self.maintenance_ids._paper_close_machines()
        return result
