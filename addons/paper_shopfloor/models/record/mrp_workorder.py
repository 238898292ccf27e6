from odoo import models


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _floor_record(self, events):
        """Add what reports say to the record of their work order, shift and operator, which they have in common."""
        self.ensure_one()
        event = events[:1]
        # sudo: the report writes the record in the operator's name
        records = self.env["paper.production.record"].sudo()
        key = {
            "workorder_id": self.id,
            "shift_date": event.shift_date,
            "shift": event.shift,
            "operator_id": event.user_id.id,
            "is_of_floor": True,
        }
        record = records.search([(name, "=", value) for name, value in key.items()], limit=1)
        told = (("produced_kg", "made_kg"), ("broke_kg", "broke_kg"), ("material_kg", "material_kg"))
        figures = {name: sum(events.mapped(source)) for name, source in told}
        if record:
            record._by_step().write({name: record[name] + kg for name, kg in figures.items() if kg})
        else:
            records._by_step().create({**figures, **key, "date": event.happened_on, "is_automatic": True})
