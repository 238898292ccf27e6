from collections import defaultdict
from datetime import UTC

from odoo import fields, models


class PaperEvaluation(models.Model):
    """Capacity: hours that the order needs on each work centre against the hours that are free there until
    the delivery date, with every booked work order taken off (R3.3.2)."""

    _inherit = "paper.evaluation"

    def _facts_capacity(self):
        """Return hours needed and free by work centre until the delivery date."""
        demands = self._explode_orders()
        return {evaluation: evaluation._capacity_of(demands[evaluation]) for evaluation in self}

    def _capacity_of(self, demand):
        self.ensure_one()
        hours = defaultdict(float)
        for operation, product, quantity, unit in demand["operations"]:
            timed = operation.with_context(product=product, quantity=quantity, unit=unit)
            hours[operation.workcenter_id] += timed.time_total / 60
        centres = self.env["mrp.workcenter"].browse(centre.id for centre in hours)
        free = self._free_hours(centres | centres.alternative_workcenter_ids)
        rows = [
            {
                "workcenter": centre.display_name,
                "needed": needed,
                "free": free.get(centre),
                "alternatives": sum(free.get(other) or 0.0 for other in centre.alternative_workcenter_ids),
            }
            for centre, needed in hours.items()
        ]
        rows.sort(key=lambda row: (row["free"] or 0.0) - row["needed"])
        return {
            "proposal": self._propose_capacity(rows),
            "rows": rows,
            "until": fields.Date.to_string(self.commitment_date.date()) if self.commitment_date else None,
            "without_bom": demand["without_bom"],
        }

    def _propose_capacity(self, rows):
        if not rows or not self.commitment_date:
            return False
        short = [row for row in rows if row["free"] is None or row["free"] < row["needed"]]
        if not short:
            return "yes"
        helped = all(row["free"] is not None and row["free"] + row["alternatives"] >= row["needed"] for row in short)
        return "conditional" if helped else "no"

    def _free_hours(self, centres):
        """Return ``{work centre: hours}`` free from now to the delivery date, {} without a delivery date."""
        self.ensure_one()
        if not self.commitment_date:
            return {}
        start, stop = fields.Datetime.now(), self.commitment_date
        if stop <= start:
            return dict.fromkeys(centres, 0.0)
        result = {}
        for calendar, same in centres.grouped("resource_calendar_id").items():
            if not calendar:
                continue
            # Booked work orders are leaves of type "other"; by default only "leave" is taken off.
            intervals = calendar._work_intervals_batch(
                start.replace(tzinfo=UTC),
                stop.replace(tzinfo=UTC),
                resources=same.resource_id,
                domain=[("time_type", "in", ["leave", "other"])],
            )
            for centre in same:
                spans = intervals.get(centre.resource_id.id, [])
                result[centre] = sum((end - begin).total_seconds() for begin, end, _record in spans) / 3600
        return result
