from odoo import api, fields, models

from ..exceptions import NoticeStateError


class PaperDispatchNoticeLine(models.Model):
    """What of an order is to leave with a dispatch notice: product, specification, quantity. Sales may
    lower the quantity for a partial delivery while the notice is a draft.
    """

    _name = "paper.dispatch.notice.line"
    _description = "Dispatch Notice Line"
    _order = "notice_id, id"

    notice_id = fields.Many2one("paper.dispatch.notice", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="notice_id.company_id", store=True, index=True)
    picking_id = fields.Many2one("stock.picking", string="Delivery", required=True, index=True, ondelete="cascade")
    order_line_id = fields.Many2one("sale.order.line", string="Order Line", index="btree_not_null", ondelete="set null")
    product_id = fields.Many2one("product.product", required=True, ondelete="restrict")
    paper_spec_id = fields.Many2one("paper.spec", string="Specification", ondelete="restrict", index="btree_not_null")
    quantity_kg = fields.Float(string="Weight (kg)", digits=(16, 3), required=True)
    paper_unit = fields.Selection("_paper_units", string="Unit", default="kg", required=True)
    quantity = fields.Float(
        compute="_compute_quantity", digits=(16, 3), help="The weight in the unit that the customer ordered in."
    )

    _quantity_positive = models.Constraint("CHECK(quantity_kg > 0)", "Nothing is dispatched without a weight.")

    @api.model
    def _paper_units(self):
        return self.env["sale.order.line"]._paper_units()

    @api.depends("quantity_kg", "paper_unit", "paper_spec_id")
    def _compute_quantity(self):
        for line in self:
            line.quantity = line.paper_spec_id._in_unit(line.quantity_kg, line.paper_unit)

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_draft()
        return lines

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        if "notice_id" in vals:
            self._check_draft()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        self._check_draft()

    def _check_draft(self):
        fixed = self.notice_id.filtered(lambda notice: notice.state != "draft")
        if fixed:
            raise NoticeStateError(
                self.env._("Dispatch notice %(notice)s was issued: its goods stay as announced.", notice=fixed[0].name)
            )
