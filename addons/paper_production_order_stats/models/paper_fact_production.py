from odoo import fields, models
from odoo.addons.paper_order_stats.lib.fact import Event, Watch
from odoo.tools import SQL


class PaperFactProduction(models.Model):
    _inherit = "paper.fact.production"

    event = fields.Selection(selection_add=[("recorded", "Recorded by the Operator")])

    def _fact_watches(self):
        columns = ("date", "shift", "produced_kg", "material_kg", "broke_kg", "workorder_id")
        record = "SELECT work.production_id FROM changed JOIN mrp_workorder work ON work.id = changed.workorder_id"
        return [*super()._fact_watches(), Watch("paper_production_record", record, columns)]

    def _fact_events(self, only):
        events = super()._fact_events(only)
        same = {name: value for name, value in events["worked"].columns.items() if value.code == f'"made"."{name}"'}
        return {
            **events,
            "recorded": Event(
                SQL("record.id"),
                {
                    **same,
                    "workcenter_id": SQL("work.workcenter_id"),
                    "workorder_id": SQL("work.id"),
                    "date": self._day(SQL("record.date"), "made"),
                    "shift": SQL("record.shift"),
                    "recorded_kg": SQL("record.produced_kg"),
                    "recorded_broke_kg": SQL("record.broke_kg"),
                    "recorded_material_kg": SQL("record.material_kg"),
                },
                SQL(
                    "made JOIN mrp_workorder work ON work.production_id = made.production_id"
                    " JOIN paper_production_record record ON record.workorder_id = work.id"
                ),
            ),
        }
