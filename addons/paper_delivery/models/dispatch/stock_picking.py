from odoo import api, fields, models

from ...exceptions import DispatchRightError, ProofError
from ...lib.loading import STEP

SALES = "paper_base.group_sales"


class StockPicking(models.Model):
    """A delivery of paper: announced, loaded as announced, signed for; its own steps alone write that down (R6.2, R6.3)."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "paper.step.mixin", "paper.link.mixin"]

    _acts = {"print_certificate": ((), ())}
    _right_error = DispatchRightError
    _evidence_states = ("done",)
    _state_error = ProofError
    _field_error = ProofError
    _locked_error = ProofError

    paper_notice_id = fields.Many2one(
        "paper.dispatch.notice", string="Dispatch Notice", index="btree_not_null", by_steps=True
    )
    is_paper_dispatch = fields.Boolean(compute="_compute_is_paper_dispatch", compute_sudo=True)
    # In no state: a delivery of paper is told from other transfers in _is_hand_allowed.
    signature = fields.Image(by_hand={"never": ()})

    @api.depends("sale_id.is_paper_order", "location_dest_id.usage", "location_dest_id.company_id", "location_id.usage")
    def _compute_is_paper_dispatch(self):
        for picking in self:
            picking.is_paper_dispatch = picking.sale_id.is_paper_order and picking.location_dest_id._is_paper_way_out(
                picking.location_id
            )

    @api.model
    def _is_hand_allowed(self, name, record):
        # A customer signs for a delivery of paper by its proof; the signature of any other transfer is Odoo's own affair.
        if name == "signature" and record is not None and not record.sudo().is_paper_dispatch:  # sudo: only the rule is asked
            return True
        return super()._is_hand_allowed(name, record)

    def _refused_hand_message(self, names):
        return self.env._("Notice, loading check and proof of delivery are recorded by their steps only, not by hand.")

    def _check_hands(self, groups):
        """Refuse a step of the delivery to everybody but these departments.

        :raises DispatchRightError: naming the departments
        """
        if not self._is_one_of(groups):
            raise self._right_error(self.env["paper.dispatch.notice"]._department_message(groups))

    # When and where it goes

    def _paper_delivery_places(self):
        """Return where the goods of these deliveries go: the delivery's own address, or that of a line of its own."""
        places = self.env["res.partner"]
        for picking in self:
            for move in picking.move_ids.filtered(lambda rec: rec.state != "cancel"):
                places |= move.sale_line_id.paper_shipping_id or picking.partner_id
        return places or self.partner_id

    def _paper_delivery_day(self):
        """Return the first day on which a line of the delivery is to be there; False where no line has a date."""
        self.ensure_one()
        lines = self.move_ids.filtered(lambda move: move.state != "cancel").sale_line_id or self.sale_id.order_line
        return min(filter(None, (line._paper_delivery_day() for line in lines)), default=False)

    def _paper_delivery_key(self):
        """Return what deliveries have in common that one dispatch notice announces: place and day."""
        self.ensure_one()
        return tuple(self._paper_delivery_places().ids), self._paper_delivery_day()

    def _two_places_message(self):
        return self.env._(
            "%(delivery)s holds goods for %(places)s. A delivery goes to one place: split it.",
            delivery=", ".join(self.mapped("name")),
            places=", ".join(self._paper_delivery_places().mapped("display_name")),
        )

    # Contents

    def _evidence(self):
        return super()._evidence().filtered(lambda picking: picking.is_paper_dispatch or picking._paper_lines())

    def _paper_lines(self):
        """Return the move lines of paper that are loaded: those picked, or all before anything is picked."""
        moves = self.move_ids.filtered(
            lambda move: move.state != "cancel" and (move.product_id.is_paper or move._paper_spec())
        )
        lines = moves.move_line_ids.filtered(lambda line: line.quantity > 0)
        return lines.filtered("picked") or lines

    def _paper_contents(self, third):
        """Return ``{(product, spec, third): kg}`` of what is loaded.

        A reel counts by its own specification, so that a wrong one does not pass for the ordered one.

        :param third: "lot", or "line" for the line of the order
        """
        self.ensure_one()
        contents = {}
        for line in self._paper_lines():
            spec = line.lot_id.paper_spec_id or line.move_id._paper_spec()
            key = (line.product_id, spec, line.lot_id if third == "lot" else line.move_id.sale_line_id)
            contents[key] = contents.get(key, 0.0) + self._in_kg(line.product_uom_id, line.quantity)
        return contents

    @api.model
    def _in_kg(self, uom, quantity):
        kg = self.env.ref("uom.product_uom_kgm")
        return uom._compute_quantity(quantity, kg, round=False) if uom._has_common_reference(kg) else quantity

    def _split_off_rest(self):
        """Put what the notice does not announce of these deliveries into deliveries of their own, for the next notice."""
        for picking in self:
            rests = picking._unannounced_quantities()
            if rests:
                picking._split_off(rests)

    def _unannounced_quantities(self):
        """Return ``{move: quantity in its unit}`` of what the notice of a delivery leaves out."""
        self.ensure_one()
        announced = {}
        for line in self.paper_notice_id.line_ids.filtered(lambda rec: rec.picking_id == self):
            key = (line.product_id, line.order_line_id)
            announced[key] = announced.get(key, 0.0) + line.quantity_kg
        rests = {}
        for move in self.move_ids.filtered(lambda rec: rec.state not in ("done", "cancel", "draft")):
            spoken = announced.get((move.product_id, move.sale_line_id))
            kg = self._in_kg(move.product_uom, move.product_uom_qty)
            # Goods that are no paper stay, and so does what the customer accepts as missing.
            if spoken is None or not kg or spoken >= kg * (1 - move._paper_spec().tolerance_minus / 100) - STEP:
                if spoken is not None:
                    announced[move.product_id, move.sale_line_id] = spoken - kg
                continue
            rests[move] = move.product_uom_qty * (kg - max(spoken, 0.0)) / kg
            announced[move.product_id, move.sale_line_id] = 0.0
        return rests

    def _split_off(self, rests):
        self.ensure_one()
        moves = self.env["stock.move"].union(*rests)
        moves._do_unreserve()
        other = self.copy({"name": "/", "move_ids": [], "move_line_ids": [], "backorder_id": self.id})
        vals_list = []
        for move, quantity in rests.items():
            quantity = move.product_uom.round(quantity)
            if move.product_uom.compare(quantity, move.product_uom_qty) >= 0:
                move.picking_id = other
            else:
                vals_list += [{**vals, "picking_id": other.id} for vals in move._split(quantity)]
        self.env["stock.move"].create(vals_list)._action_confirm(merge=False)
        (self | other).action_assign()
        other.message_post(body=self.env._("Split off %(delivery)s, whose notice announces a part.", delivery=self.name))
        return other

    def _after_dispatch(self):
        """Close the notices of the goods that left, and let their customers sign for them."""
        left = self.filtered(lambda picking: picking.state == "done" and not picking.paper_sign_expires)
        for notice in left.paper_notice_id.filtered(lambda rec: rec.state == "planned"):
            if all(picking.state in ("done", "cancel") for picking in notice.picking_ids):
                notice._take_step("done")
        left._prepare_receipts()
        left._open_signing()

    def _add_delivery_cost_to_so(self):
        """Keep what a carrier charged out of an order that is agreed: sales settle it with the customer as any other price,
        and the goods leave all the same. Odoo calls this where carriers are installed and billed by their real cost.
        """
        self.ensure_one()
        order = self.sale_id
        # sudo: what stands in the way of a change is the same for everybody
        if not order.is_paper_order or not order.sudo()._is_blocked("change"):
            # sudo: who ships changes no order; the freight goes there by this step
            return super(StockPicking, self.sudo())._add_delivery_cost_to_so()
        if self.carrier_id.invoice_policy == "real" and self.carrier_price:
            self.company_id._paper_tell(
                (order.user_id, SALES),
                order,
                lambda rec: rec.env._(
                    "The carrier has charged freight for %(delivery)s. If the customer bears it, agree on a supplement.",
                    delivery=self.name,
                ),
                kind="freight",
            )
        return None

    def action_view_paper_notice(self):
        self.ensure_one()
        return self.paper_notice_id._get_records_action(name=self.env._("Dispatch Notice"))
