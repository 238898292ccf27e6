from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import MovedGoodsError, PaperPassageError, PaperPermitError
from .moved import is_another_day, same
from .ways import WAYS

_lt = LazyTranslate(__name__)

# Of a transfer that is done: to whom, for what and after what it went.
MOVED = ("name", "partner_id", "sale_id", "origin", "owner_id", "backorder_id", "return_id")


class StockPicking(models.Model):
    """A transfer that takes paper out by an exceptional way: permitted, with a reason, for a quantity."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "paper.step.mixin"]

    _reason_steps = {
        "_permit_paper_exception": ReasonStep(
            _lt("Permit the Transfer"), hint=_lt("What the paper is for, and why it leaves without an order.")
        )
    }

    paper_permit_reason = fields.Char(string="Reason", copy=False, tracking=True, by_steps=True)
    paper_permitted_by_id = fields.Many2one("res.users", string="Permitted by", copy=False, by_steps=True)
    paper_permitted_on = fields.Datetime(string="Permitted on", copy=False, by_steps=True)
    paper_permitted = fields.Json(help="How much of which product may leave.", copy=False, by_steps=True)
    can_permit_paper = fields.Boolean(compute="_compute_can_permit_paper")

    @api.depends("state", "move_ids.product_id", "move_ids.location_dest_id", "location_dest_id", "paper_permitted")
    @api.depends_context("uid")
    def _compute_can_permit_paper(self):
        for picking in self:
            ways = picking.sudo()._paper_permit_ways()  # sudo: only the rule is asked
            picking.can_permit_paper = bool(ways) and all(self._is_one_of(WAYS[way].groups) for way in ways)

    def _paper_permit_ways(self):
        """Return the exceptional ways of the transfer's paper that somebody has to permit."""
        self.ensure_one()
        if self.state in ("done", "cancel"):
            return set()
        ways = set()
        for move in self.move_ids.filtered(lambda rec: rec.product_id.is_paper and rec.state != "cancel"):
            values = {"move_id": move.id, "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id}
            lines = move.move_line_ids or self.env["stock.move.line"].new(values)
            ways |= {line._paper_way() for line in lines}
        return {way for way in ways if way and WAYS[way].permit}

    def action_permit_paper(self):
        """Ask why paper may leave by this transfer without an order, once it is sure that this person may permit it."""
        self.ensure_one()
        self._check_paper_permit()
        return self._ask_reason("_permit_paper_exception")

    def _permit_paper_exception(self, reason):
        """Permit that the paper of these transfers leaves by an exceptional way (R6.2).

        :raises PaperPassageError: where nothing of the transfer needs it
        :raises PaperPermitError: for another department
        """
        self._check_paper_permit()
        for picking in self:
            # sudo: who permits need not handle transfers
            own = picking.sudo()
            papers = own.move_ids.filtered(lambda rec: rec.product_id.is_paper and rec.state != "cancel")
            of_product = papers.grouped("product_id")
            own._by_step().write(
                {
                    "paper_permit_reason": reason,
                    "paper_permitted_by_id": self.env.uid,
                    "paper_permitted_on": fields.Datetime.now(),
                    "paper_permitted": {
                        "to": own.partner_id.id,
                        **{str(product.id): sum(moves.mapped("product_qty")) for product, moves in of_product.items()},
                    },
                }
            )
        return True

    def _check_paper_permit(self):
        """Refuse to permit what needs no permission, or somebody else's.

        :raises PaperPassageError: where nothing of the transfer needs it
        :raises PaperPermitError: for another department
        """
        self.check_access("read")
        for picking in self:
            ways = picking.sudo()._paper_permit_ways()  # sudo: who permits need not handle transfers
            if not ways:
                raise PaperPassageError(
                    self.env._("%(transfer)s needs no permission.", transfer=picking.name),
                    action=self.env["paper.way.out"]._lead_to(picking),
                )
            for way in ways:
                if not self._is_one_of(WAYS[way].groups):
                    raise PaperPermitError(
                        self.env._(
                            "“%(way)s” is permitted by: %(departments)s.",
                            way=self.env._(WAYS[way].name),
                            departments=self._group_names(WAYS[way].groups),
                        )
                    )

    def _is_paper_permitted(self, product):
        """Say whether somebody permitted that as much of the paper leaves by this transfer as it holds."""
        if not self or not self.paper_permitted or self.paper_permitted.get("to") != self.partner_id.id:
            return False
        lines = self.move_ids.move_line_ids.filtered(lambda line: line.product_id == product and line.state != "cancel")
        quantity = sum(lines.mapped("quantity_product_uom"))
        return product.uom_id.compare(quantity, self.paper_permitted.get(str(product.id), 0.0)) <= 0

    def write(self, vals):
        if "state" in vals:
            # sudo: the rule is the same whatever the user may read
            other = self.sudo().filtered(lambda rec: rec.state != vals["state"])
            for picking in other.filtered(lambda rec: any(rec.move_ids.product_id.mapped("is_paper"))):
                raise MovedGoodsError(
                    self.env._(
                        "The status of %(transfer)s follows from its goods: validate or cancel the transfer.",
                        transfer=picking.name,
                    ),
                    action=self.env["paper.way.out"]._lead_to(picking),
                )
        self._check_moved_transfer(vals)
        return super().write(vals)

    def _check_moved_transfer(self, vals):
        """Refuse to rewrite to whom, for which order and when paper went by a transfer that is done.

        :raises MovedGoodsError: naming the transfer
        """
        names = [name for name in MOVED if name in vals and name in self._fields]
        days = [name for name in ("date_done", "scheduled_date") if name in vals and is_another_day(vals[name])]
        if not names and not days:
            return
        # sudo: the rule is the same whatever the user may read
        for picking in self.sudo().filtered(lambda rec: rec.state == "done" and any(rec.move_ids.product_id.mapped("is_paper"))):
            wrong = [name for name in names if not same(picking, name, vals[name])]
            wrong += [name for name in days if not same(picking, name, vals[name])]
            if wrong:
                raise MovedGoodsError(
                    self.env._(
                        "%(transfer)s is done: %(field)s stays as it is. Write what is to be known in its messages.",
                        transfer=picking.name,
                        field=self._fields[wrong[0]]._description_string(self.env),
                    ),
                    action=self.env["paper.way.out"]._lead_to(picking),
                )
