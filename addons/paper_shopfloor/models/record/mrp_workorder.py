from odoo import models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _floor_record(self, event):
        """Add what a report says to the record of its work order, shift and operator."""
        self.ensure_one()
        # sudo: the report writes the record in the operator's name
        records = self.env["paper.production.record"].sudo()
        record = records.search(
            [
                ("workorder_id", "=", self.id),
                ("shift_date", "=", event.shift_date),
                ("shift", "=", event.shift),
                ("operator_id", "=", event.user_id.id),
                ("is_of_floor", "=", True),
            ],
            limit=1,
        )
        figures = {"produced_kg": event.made_kg, "broke_kg": event.broke_kg, "material_kg": event.material_kg}
        if record:
            record._by_step().write({name: record[name] + kg for name, kg in figures.items() if kg})
            return
        records._by_step().create(
            {
                **figures,
                "workorder_id": self.id,
                "shift_date": event.shift_date,
                "shift": event.shift,
                "operator_id": event.user_id.id,
                "date": event.happened_on,
                "is_of_floor": True,
                "is_automatic": True,
            }
        )
