from odoo import models

from ...exceptions import ControlError


class StockMove(models.Model):
    """Materials at goods-in wait in the hold location for their inspection, and are not used before it."""

    _inherit = "stock.move"

    def _receipt_points(self):
        """Return the control points of goods-in for what the move brings from outside; none for paper, see the gate."""
        self.ensure_one()
        source, target = self.location_id.usage, self.location_dest_id
        if source != "supplier" or not target._is_paper_ours() or self.product_id.is_paper:
            return self.env["paper.control.point"]
        points = self.env["paper.control.point"]._points(["receipt"], self.company_id)
        return points.filtered(lambda point: point._is_for(self.product_id, partner=self.picking_id.partner_id))

    def _hold_receipts(self):
        """Lead what control points inspect at goods-in into the hold location.

        :return: ``[(stock.move, paper.control.point), …]``
        """
        held = []
        for move in self.filtered(lambda rec: rec.location_id.usage == "supplier" and not rec.product_id.is_paper):
            points = move._receipt_points()
            due = points.filtered(lambda point, m=move: point._is_due(m._receipt_number(point)))
            if due:
                place = move._paper_quarantine()
                move.move_line_ids.location_dest_id = place
                move.location_dest_id = place
                held.append((move, due))
        return held

    def _receipt_number(self, point):
        """Return the how manyth receipt of the product this is since the point exists, counted from 1."""
        return 1 + self.search_count(
            [
                ("product_id", "=", self.product_id.id),
                ("state", "=", "done"),
                ("location_id.usage", "=", "supplier"),
                ("date", ">=", point.create_date),
                ("id", "!=", self.id),
            ]
        )

    def _inspect_receipts(self, held):
        """Make the inspections of what was held at goods-in."""
        values = []
        for move, points in held:
            for lot, lines in move.move_line_ids.grouped("lot_id").items():
                source = {
                    "partner_id": move.picking_id.partner_id.commercial_partner_id.id,
                    "product_id": move.product_id.id,
                    "workcenter_id": False,
                    "grade_id": False,
                }
                # Bales and reels are counted; of what is weighed quality says how many there are.
                weighed = bool(move.product_uom._paper_kg(1))
                units = len(lines) if weighed else max(int(sum(lines.mapped("quantity_product_uom"))), 1)
                for point in points:
                    values.append(
                        point._prepare_inspection(
                            move.product_id,
                            self.env["paper.spec"],
                            lot_id=lot.id,
                            picking_id=move.picking_id.id,
                            qty=sum(lines.mapped("quantity_product_uom")),
                            **self.env["qc.inspection"]._prepare_sampling(point.scheme_id, units, source),
                        )
                    )
        return self.env["paper.control.point"]._make_inspections(values)

    def _check_released_materials(self):
        """Refuse that materials leave the hold location to be used before they are released (R5.3.2).

        :raises ControlError: naming the material and its lot
        """
        lines = self.move_line_ids.filtered(
            lambda line: not line.product_id.is_paper and line.quantity > 0 and line._leaves_quarantine()
        )
        if not lines:
            return
        inspections = self.env["qc.inspection"].search(
            [("kind", "=", "receipt"), ("control_point_id", "!=", False), ("state", "!=", "canceled")]
            + [("object_id", "in", [f"product.product,{product.id}" for product in lines.product_id])]
        )
        for line in lines:
            own = inspections.filtered(lambda rec, k=line: rec.product_id == k.product_id and rec.lot_id == k.lot_id)
            if line.lot_id:
                verdicts = set(own._control_verdicts().values())
                blocked = bool(verdicts - {"passed"})
            else:
                blocked = own._held_loose(line)
            if blocked:
                raise ControlError(
                    self.env._(
                        "%(product)s%(lot)s lies in the hold location until the quality department has released it.",
                        product=line.product_id.display_name,
                        lot=f" {line.lot_id.name}" if line.lot_id else "",
                    ),
                    action=self.env["paper.way.out"]._lead_to(own.filtered(lambda rec: rec.state != "success") or own),
                )
