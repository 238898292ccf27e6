from odoo import models

from .paper_control_point import OF_LOT


class StockMoveLine(models.Model):
    """A roll that is declared on an order makes the inspections of the control points for it."""

    _inherit = "stock.move.line"

    def _make_lot_controls(self):
        """Make the inspections that control points ask of jumbos, sets, rolls and pallets that an order declares."""
        lines = self.sudo().filtered(  # sudo: the inspection comes with the roll, whoever declares it
            lambda line: line.lot_id and line.move_id.production_id.product_id == line.product_id and line.product_id.is_paper
        )
        values = []
        for company, own in lines.grouped("company_id").items():
            points = self.env["paper.control.point"]._points(OF_LOT, company)
            if points:
                values += own._prepare_lot_controls(points)
        return self.env["paper.control.point"]._make_inspections(values)

    def _prepare_lot_controls(self, points):
        known = self.env["qc.inspection"].search(
            [("control_point_id", "in", points.ids), ("lot_id", "in", self.lot_id.ids), ("state", "!=", "canceled")]
        )
        done = {(inspection.control_point_id, inspection.lot_id) for inspection in known}
        values = []
        for line in self:
            production, lot = line.move_id.production_id, line.lot_id
            declared = production.move_finished_ids.move_line_ids.lot_id.sorted("id")
            for point in points.filtered(lambda rec, k=lot.paper_kind: rec.occasion == k):
                if (point, lot) in done or not point._is_for(
                    line.product_id, production.paper_spec_id.grade_id, production.workorder_ids.workcenter_id[-1:]
                ):
                    continue
                done.add((point, lot))
                same = declared.filtered(lambda rec, k=lot.paper_kind: rec.paper_kind == k)
                if point._is_due(1 + same.ids.index(lot.id)):
                    spec = production.paper_spec_id
                    values.append(
                        point._prepare_inspection(
                            line.product_id, spec, production_id=production.id, lot_id=lot.id, qty=line.quantity_product_uom
                        )
                    )
        return values
