from odoo import api, fields, models

from ..inspection.qc_inspection import OPEN


class QcInspection(models.Model):
    """The inspection that a control point asks for."""

    _inherit = "qc.inspection"

    control_point_id = fields.Many2one(
        "paper.control.point", index="btree_not_null", ondelete="restrict", check_company=True, by_hand=OPEN
    )
    workorder_id = fields.Many2one(
        "mrp.workorder", string="Work Order", index="btree_not_null", ondelete="set null", by_hand=OPEN
    )
    again_of_id = fields.Many2one(
        "qc.inspection", string="Retest of", index="btree_not_null", copy=False, by_steps=True, readonly=True
    )
    again_ids = fields.One2many("qc.inspection", "again_of_id", string="Retests", readonly=True)

    @api.model
    def _prepare_control_lines(self, test, spec, product):
        """Return the values of the questions of a control point: of paper with the limits agreed for it."""
        if product.is_paper or spec:
            lines = self._prepare_final_lines(test, spec)
            asked = set(test.test_lines.ids)
            return [line for line in lines if line.get("test_line") in asked]
        return [
            {
                **self._prepare_inspection_line(test, question),
                "possible_ql_values": [fields.Command.set(question.ql_values.ids)],
                "paper_unit": question.paper_unit,
                "paper_method": question.paper_method,
                **self.env["qc.inspection.line"]._prepare_reading_question(question),
            }
            for question in test.test_lines
        ]

    def _control_verdicts(self):
        """Return ``{(control point, lot): verdict}`` of these inspections; of several the last one counts."""
        of_points = self.filtered("control_point_id")
        return {key: own._verdict() for key, own in of_points.grouped(lambda rec: (rec.control_point_id, rec.lot_id)).items()}

    def _put_away_released(self):
        """Bring what was released at goods-in from the hold location into stock: a transfer for the warehouse (R5.3.2)."""
        released = self.sudo().filtered(  # sudo: who inspects need not move goods
            lambda rec: rec.kind == "receipt" and rec.state == "success" and rec.control_point_id and rec.picking_id
        )
        for inspection in released:
            warehouse = inspection.picking_id.picking_type_id.warehouse_id
            hold = warehouse.paper_quarantine_loc_id
            quants = self.env["stock.quant"].sudo().search(  # sudo: as above
                [
                    ("product_id", "=", inspection.product_id.id),
                    ("location_id", "child_of", hold.ids),
                    ("lot_id", "=", inspection.lot_id.id),
                    ("quantity", ">", 0),
                ]
            )
            quantity = min(sum(quants.mapped("quantity")), inspection.qty)
            if hold and quantity > 0 and not inspection._open_siblings():
                inspection._make_put_away(warehouse, hold, quantity)

    def _open_siblings(self):
        """Return the other inspections of the same receipt and lot that have not passed yet."""
        self.ensure_one()
        same = self.search(
            [
                ("picking_id", "=", self.picking_id.id),
                ("lot_id", "=", self.lot_id.id),
                ("kind", "=", "receipt"),
                ("state", "not in", ("success", "canceled")),
                ("id", "!=", self.id),
            ]
        )
        return same.filtered(lambda rec: rec.product_id == self.product_id and not rec.again_ids)

    def _make_put_away(self, warehouse, hold, quantity):
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": warehouse.int_type_id.id,
                "location_id": hold.id,
                "location_dest_id": warehouse.lot_stock_id.id,
                "origin": self.name,
                "company_id": self.company_id.id,
                "move_ids": [
                    fields.Command.create(
                        {
                            "product_id": self.product_id.id,
                            "product_uom_qty": quantity,
                            "product_uom": self.product_id.uom_id.id,
                            "location_id": hold.id,
                            "location_dest_id": warehouse.lot_stock_id.id,
                            "company_id": self.company_id.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        move = picking.move_ids
        move._do_unreserve()
        move.move_line_ids = [
            fields.Command.create(
                {
                    "product_id": self.product_id.id,
                    "lot_id": self.lot_id.id,
                    "quantity": quantity,
                    "product_uom_id": self.product_id.uom_id.id,
                    "location_id": hold.id,
                    "location_dest_id": warehouse.lot_stock_id.id,
                }
            )
        ]
        return picking

    def _held_loose(self, line):
        """Say whether a line takes more material without lots out of hold than these inspections have released of it."""
        released = sum(self.filtered(lambda rec: rec.state == "success").mapped("qty"))
        gone = self.env["stock.move.line"].search(
            [
                ("product_id", "=", line.product_id.id),
                ("lot_id", "=", False),
                ("state", "=", "done"),
                ("location_id", "child_of", line.location_id.ids),
            ]
        )
        taken = sum(item.quantity_product_uom for item in gone if item._leaves_quarantine())
        return line.product_id.uom_id.compare(line.quantity_product_uom, released - taken) > 0
