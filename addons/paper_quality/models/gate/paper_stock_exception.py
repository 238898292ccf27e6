from odoo import api, fields, models

from ...exceptions import PaperPassageError
from .ways import MANAGEMENT, WAYS


class PaperStockException(models.Model):
    """The record of paper that entered or left by an exceptional way: a count, a sample, scrap, use in the mill. It is
    written by the movement itself, with who took it, who permitted it and why; the management is told. Nobody
    changes it.
    """

    _name = "paper.stock.exception"
    _description = "Exceptional Movement of Paper"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _all_by_steps = True
    _field_error = PaperPassageError

    way = fields.Selection(lambda self: self._ways(), required=True, index=True)
    move_id = fields.Many2one("stock.move", string="Stock Move", required=True, ondelete="restrict", index=True)
    picking_id = fields.Many2one("stock.picking", string="Transfer", ondelete="restrict", index="btree_not_null")
    company_id = fields.Many2one("res.company", required=True, index=True)
    product_id = fields.Many2one("product.product", string="Product", required=True, ondelete="restrict", index=True)
    lots = fields.Char(string="Lots")
    quantity = fields.Float(digits="Product Unit")
    uom_id = fields.Many2one("uom.uom", string="Unit", ondelete="restrict")
    location_id = fields.Many2one("stock.location", string="From", ondelete="restrict")
    location_dest_id = fields.Many2one("stock.location", string="To", ondelete="restrict")
    reason = fields.Char()
    user_id = fields.Many2one("res.users", string="Carried Out by", required=True, ondelete="restrict")
    permitted_by_id = fields.Many2one("res.users", string="Permitted by", ondelete="restrict")

    @api.model
    def _ways(self):
        return [(code, self.env._(way.name)) for code, way in WAYS.items()]

    @api.depends("way", "product_id")
    def _compute_display_name(self):
        names = dict(self._fields["way"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{names.get(record.way, '')}: {record.product_id.display_name}"

    @api.model
    def _record(self, passed):
        """Keep what passed by an exceptional way, and tell the management of what somebody had to give a reason for.

        :param passed: ``[(way, stock.move.line, …), …]`` of done lines
        """
        if not passed:
            return
        # sudo: whoever moves the goods writes no more of this than the movement does
        made = self.sudo()._by_step().create([self._prepare_record(way, lines) for way, lines in passed])
        for company, records in made.filtered(lambda rec: WAYS[rec.way].reason).grouped("company_id").items():
            company._paper_tell(MANAGEMENT, records, lambda rec: rec._told_words(), kind="moved", quietly=True)

    @api.model
    def _prepare_record(self, way, lines):
        move = lines.move_id
        picking = move.picking_id
        return {
            "way": way,
            "move_id": move.id,
            "picking_id": picking.id,
            "company_id": move.company_id.id,
            "product_id": move.product_id.id,
            "lots": ", ".join(lines.lot_id.mapped("name")) or False,
            "quantity": sum(lines.mapped("quantity_product_uom")),
            "uom_id": move.product_id.uom_id.id,
            "location_id": lines[:1].location_id.id,
            "location_dest_id": lines[:1].location_dest_id.id,
            "reason": move._paper_exception_reason(way),
            "user_id": self.env.uid,
            "permitted_by_id": picking.paper_permitted_by_id.id if WAYS[way].permit else False,
        }

    def _told_words(self):
        return self.env._(
            "%(name)s, %(quantity)s %(unit)s: %(reason)s",
            name=self.display_name,
            quantity=f"{self.quantity:.10g}",
            unit=self.uom_id.name,
            reason=self.reason or "",
        )

    def _refused_hand_message(self, names):
        return self.env._("An exceptional movement is recorded by the movement itself, nobody writes or changes it.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise PaperPassageError(self.env._("The record of an exceptional movement stays."))
