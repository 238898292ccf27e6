from odoo import api, fields, models

from ...exceptions import NoticeMixedError, NoticeQuantityError, NoticeStateError
from ...lib.loading import STEP


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
        lines._check_of_order()
        lines._check_open_quantity()
        return lines

    def write(self, vals):
        self._check_draft()
        result = super().write(vals)
        if "notice_id" in vals:
            self._check_draft()
        if vals.keys() & {"notice_id", "picking_id", "order_line_id", "product_id", "paper_spec_id"}:
            self._check_of_order()
        if vals.keys() & {"notice_id", "order_line_id", "quantity_kg"}:
            self._check_open_quantity()
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

    def _check_of_order(self):
        """Refuse goods of another order, of another delivery, or of one that left.

        :raises NoticeMixedError: naming the delivery
        """
        # sudo: sales announce deliveries that they may not read
        for line in self.sudo():
            notice, picking, sold = line.notice_id, line.picking_id, line.order_line_id
            moves = picking.move_ids.filtered(lambda move, line=line: move.product_id == line.product_id)
            same = (
                picking.paper_notice_id == notice
                and picking.sale_id == notice.order_id
                and picking.state not in ("done", "cancel")
                and (not sold or sold.order_id == notice.order_id)
                and any(move.sale_line_id == sold and move._paper_spec() == line.paper_spec_id for move in moves)
            )
            if not same:
                raise NoticeMixedError(
                    self.env._(
                        "%(notice)s announces open deliveries of %(order)s: %(product)s of %(delivery)s is none of its goods.",
                        notice=notice.name,
                        order=notice.order_id.name,
                        product=line.product_id.display_name,
                        delivery=picking.name,
                    ),
                    action=self.env["paper.way.out"]._lead_to(notice.order_id),
                )

    def _check_open_quantity(self):
        """Refuse to announce more than an order's line leaves open, and the customer accepts.

        :raises NoticeQuantityError: naming the goods and what is open
        """
        # sudo: see above
        lines = self.sudo()
        others = self.sudo().search(
            [
                ("order_line_id", "in", lines.order_line_id.ids),
                ("notice_id.state", "in", ("draft", "issued", "planned")),
            ]
        )
        announced = {}
        for line in others:
            announced[line.order_line_id] = announced.get(line.order_line_id, 0.0) + line.quantity_kg
        for sold in lines.order_line_id:
            ordered, left = sold._paper_line_kg(sold.product_uom_qty), sold._paper_line_kg(sold.qty_delivered)
            accepted = sold._paper_accepted_kg()
            if announced.get(sold, 0.0) > accepted - left + STEP:
                raise NoticeQuantityError(
                    self.env._(
                        "%(product)s: %(announced)s kg are announced, but of the %(ordered)s kg ordered only %(open)s kg are "
                        "open, what the customer accepts beyond them counted in.",
                        product=sold.product_id.display_name,
                        announced=round(announced[sold], 3),
                        ordered=round(ordered, 3),
                        open=round(max(accepted - left, 0.0), 3),
                    ),
                    action=self.env["paper.way.out"]._lead_to(sold.order_id),
                )
