from odoo import api, models

STARTED = ("progress", "done")


class MrpWorkorder(models.Model):
    """Its start makes the inspections of its control points; it waits for those of the operations before it."""

    _inherit = "mrp.workorder"

    def _controlled_before(self):
        """Return all work orders that come before, whatever lies between."""
        if len(self.production_id.workorder_ids) == len(self):
            return self.browse()  # these are all there are
        before, ahead = self.browse(), self.blocked_by_workorder_ids
        while ahead:
            before |= ahead
            ahead = ahead.blocked_by_workorder_ids - before
        return before

    def write(self, vals):
        waiting = self.filtered(lambda rec: rec.state not in STARTED) if vals.get("state") in STARTED else self.browse()
        result = super().write(vals)
        # sudo: the inspection comes with the work, whoever does it
        waiting.sudo().filtered(lambda rec: rec.state in STARTED)._make_control_inspections()
        return result

    def _make_control_inspections(self, points=None):
        """Make the inspections that control points ask of these work orders and that are not made yet."""
        values = []
        asked = self.production_id._control_points_of(self)
        if not any(asked.values()):
            return self.env["qc.inspection"]
        known = self.env["qc.inspection"].search([("workorder_id", "in", self.ids), ("state", "!=", "canceled")])
        for work, own in asked.items():
            for point in own if points is None else own & points:
                made = known.filtered(lambda rec, w=work, p=point: rec.workorder_id == w and rec.control_point_id == p)
                last = made.sorted("id")[-1:]
                if point.frequency == "hours" and last:
                    due = point._is_hour_due(last)
                elif last:
                    due = False
                else:
                    due = point.frequency not in ("every", "share") or point._is_due(work._control_number(point))
                if due:
                    values.append(work._prepare_control_inspection(point))
        return self.env["paper.control.point"]._make_inspections(values)

    def _control_number(self, point):
        """Return the how manyth order of the machine this is since the point exists, counted from 1."""
        self.ensure_one()
        return 1 + self.search_count(
            [
                ("workcenter_id", "=", self.workcenter_id.id),
                ("state", "in", STARTED),
                ("date_start", ">=", point.create_date),
                ("id", "!=", self.id),
            ]
        )

    def _prepare_control_inspection(self, point):
        self.ensure_one()
        production = self.production_id
        source = {
            "workcenter_id": self.workcenter_id.id,
            "grade_id": production.paper_spec_id.grade_id.id,
            "partner_id": False,
            "product_id": False,
        }
        units = max(len(production.move_finished_ids.move_line_ids.lot_id), 2)
        return point._prepare_inspection(
            production.product_id,
            production.paper_spec_id,
            production_id=production.id,
            workorder_id=self.id,
            qty=production.product_qty,
            **self.env["qc.inspection"]._prepare_sampling(point.scheme_id, units, source),
        )

    @api.constrains("state", "qty_produced")
    def _check_controlled(self):
        # sudo: the rule is the same whatever the user may read
        works = self.sudo().filtered(lambda rec: rec.state in STARTED or rec.qty_produced)
        started = works.filtered(lambda rec: rec.production_id.state not in ("done", "cancel"))
        several = started.filtered(lambda rec: len(rec.production_id.workorder_ids) > 1)
        for work in several.filtered("blocked_by_workorder_ids"):
            work.production_id._check_process_inspections(work)
