from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import ControlError, FailedLotError, MovedGoodsError, PaperPassageError, UninspectedLotError
from .moved import is_another_day, same
from .ways import INTO_QUARANTINE, KEY, WAYS, Passage

ONWARD = ("production", "customer")
# Of goods that have moved: what they were, for whom, with which document and why.
MOVED = (
    "product_id",
    "picking_id",
    "sale_line_id",
    "partner_id",
    "paper_spec_id",
    "paper_reason",
    "reference_ids",
    "scrap_id",
    "is_inventory",
    "origin_returned_move_id",
)


class StockMove(models.Model):
    _inherit = "stock.move"

    paper_reason = fields.Char(string="Reason", help="Why paper is counted, scrapped or unbuilt.", copy=False)

    # The gate, called by _action_done

    def _paper_pass(self):
        """Return the moves in the environment that tells them from those that a hand declares done."""
        return self.with_context(**{KEY: Passage()})

    def _is_paper_passing(self):
        return isinstance(self.env.context.get(KEY), Passage)

    def _check_paper_passage(self):
        """Lead into quarantine what belongs there, and refuse what leaves or enters by a way that is not its own.

        :return: ``[(way, stock.move.line), …]``, the exceptional ways that are taken, to be recorded
        :raises UninspectedLotError: for what leaves quarantine and has not passed
        :raises FailedLotError: for materials that failed
        :raises PaperPassageError: for who may not take the way, or says no reason
        """
        lines = self.move_line_ids.filtered(lambda line: line.product_id.is_paper and line.quantity > 0 and line.picked)
        lines._paper_into_quarantine()
        self._check_passed_lots()
        lines._check_dispositions()
        self._check_released_materials()
        self._check_out_of_quarantine(lines.filtered(lambda line: line._leaves_quarantine()))
        taken = []
        for move, own in lines.grouped("move_id").items():
            for way, parts in own.grouped(lambda line: line._paper_way()).items():
                if way:
                    move._check_paper_way(way, parts)
                    taken.append((way, parts))
        return taken

    def _check_paper_way(self, way, lines):
        """Refuse an exceptional way to who may not take it, or gives no reason."""
        self.ensure_one()
        rule, product = WAYS[way], self.product_id.display_name
        departments = self.env["paper.stock.exception"]._group_names(rule.groups)
        name = self.env._(rule.name)
        if rule.permit:
            if not self.picking_id._is_paper_permitted(self.product_id):
                raise PaperPassageError(
                    self.env._(
                        "%(product)s: “%(way)s” needs a transfer that %(departments)s permitted with a reason, for no less than "
                        "this quantity. What a customer ordered leaves by its confirmed order and dispatch notice.",
                        product=product,
                        way=name,
                        departments=departments,
                    ),
                    action=self.env["paper.way.out"]._lead_to(self.picking_id),
                )
            return
        if not self.env["paper.stock.exception"]._is_one_of(rule.groups):
            raise PaperPassageError(
                self.env._(
                    "%(product)s: “%(way)s” is taken by: %(departments)s.", product=product, way=name, departments=departments
                )
            )
        if way == "made_into" and not self._paper_exception_reason(way):
            raise PaperPassageError(
                self.env._(
                    "%(product)s: “%(way)s” needs a reason. Write it as the source of %(order)s.",
                    product=product,
                    way=name,
                    order=self.raw_material_production_id.name,
                ),
                action=self.env["paper.way.out"]._lead_to(self.raw_material_production_id),
            )
        if rule.reason and not self._paper_exception_reason(way):
            raise PaperPassageError(
                self.env._("%(product)s: “%(way)s” needs a reason. Write it down first.", product=product, way=name),
                action=self.env["paper.way.out"]._lead_to(self.scrap_id),
            )

    def _paper_exception_reason(self, way):
        """Return why an exceptional way is taken, "" where nobody said."""
        if WAYS[way].permit:
            return self.picking_id.paper_permit_reason or ""
        if self.scrap_id:
            return self.scrap_id._paper_scrap_reason()
        if way == "made_into":
            return said(self.paper_reason) or said(self.raw_material_production_id.origin)
        document = self.unbuild_id or self.consume_unbuild_id or self
        return said(document.paper_reason) or ("" if WAYS[way].reason else self.picking_id.origin or "")

    def _paper_way_in(self, source):
        """Return the exceptional way of what enters from ``source``; "" for what an order made: its inspection judges it."""
        self.ensure_one()
        if source.usage == "production":
            return "unbuilt" if self.unbuild_id else ""
        if source.usage == "inventory":
            return "surplus"
        return "returned" if source.usage == "customer" else "received"

    def _paper_leaves_for_order(self):
        """Say whether a confirmed order of paper is what the goods leave for. Override where orders are known."""
        self.ensure_one()
        return False

    def _paper_quarantine(self):
        """Return the place where paper that the move brings in waits for its inspection."""
        self.ensure_one()
        warehouse = (
            self.location_dest_id.warehouse_id or self.warehouse_id or self.picking_type_id.warehouse_id
        ) or self.env["stock.warehouse"].search([("company_id", "=", self.company_id.id)], limit=1)
        warehouse._make_quarantines()
        return warehouse.paper_quarantine_loc_id

    def _paper_lead_to(self, place):
        """Let the goods go to another place, and their transfer say so once all of it goes there."""
        self.ensure_one()
        if self.location_dest_id != place:
            self.location_dest_id = place
        picking = self.picking_id
        live = picking.move_ids.filtered(lambda rec: rec.state != "cancel")
        if picking.location_dest_id != place and live.location_dest_id == place:
            picking.location_dest_id = place

    # Inspection

    def _check_passed_lots(self):
        """Refuse that materials go on that failed their inspection (R5.3.2). Of paper its disposition says so, see paper_roll."""
        lines = self.move_line_ids.filtered(lambda line: line.location_dest_id.usage in ONWARD and line.quantity > 0)
        lines = lines.filtered(lambda line: not line.product_id.is_paper and not line.move_id.unbuild_id)
        lines = lines.filtered(lambda line: line.location_id.usage != "customer")
        verdicts = lines.lot_id._paper_verdicts()
        failed = lines.lot_id.filtered(lambda lot: verdicts[lot] == "failed")
        waiting = lines.lot_id.filtered(lambda lot: verdicts[lot] == "open" and lot.inspection_ids.control_point_id)
        if waiting:
            raise ControlError(
                self.env._(
                    "Lot %(lot)s is not released: the quality department has not passed it at goods-in yet.",
                    lot=", ".join(waiting.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(waiting.inspection_ids, self.env._("Inspections")),
            )
        if failed:
            raise FailedLotError(
                self.env._(
                    "Lot %(lot)s failed its inspection: it goes neither to a customer nor into production.",
                    lot=", ".join(failed.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(failed.inspection_ids, self.env._("Inspections")),
            )

    def _check_out_of_quarantine(self, lines):
        """Refuse that paper leaves quarantine before the quality department found it good."""
        if not lines:
            return
        verdicts = lines.lot_id._paper_verdicts()
        lines.lot_id.filtered(lambda lot: verdicts[lot] != "passed")._refuse_uninspected()
        loose = lines.filtered(lambda line: not line.lot_id)
        for product, own in loose.grouped("product_id").items():
            quantity = sum(own.mapped("quantity_product_uom"))
            if product.uom_id.compare(quantity, self.env["qc.inspection"]._paper_passed_loose(product, own.company_id)) > 0:
                raise UninspectedLotError(
                    self.env._(
                        "%(product)s: %(quantity)s %(uom)s are more than the quality department has found good in "
                        "quarantine.",
                        product=product.display_name,
                        quantity=f"{quantity:.10g}",
                        uom=product.uom_id.name,
                    )
                )

    # Past the gate

    @api.constrains("state")
    def _check_paper_moved(self):
        """Refuse goods that are said to have moved, by whatever way, without passing the gate."""
        if self._is_paper_passing():
            return
        # sudo: the rule is the same whatever the user may read
        declared = self.sudo().filtered(
            lambda move: move.state == "done" and move.product_id.is_paper and (move.quantity or move.product_uom_qty)
        )
        if declared:
            raise MovedGoodsError(
                self.env._(
                    "%(product)s has not moved: goods move by validating their transfer, not by writing that they did.",
                    product=declared[0].product_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(declared[0].picking_id),
            )

    def write(self, vals):
        names = [name for name in MOVED if name in vals and name in self._fields]
        if names or "date" in vals or vals.get("state", "done") != "done":
            # sudo: see above
            for move in self.sudo().filtered(lambda rec: rec.state == "done" and rec.product_id.is_paper):
                changed = any(not same(move, name, vals[name]) for name in names)
                if changed or vals.get("state", "done") != "done" or ("date" in vals and is_another_day(vals["date"])):
                    move.move_line_ids._refuse_moved()
        return super().write(vals)

    def _action_confirm(self, merge=True, merge_into=False, create_proc=True):
        # sudo: where goods from outside belong does not depend on who announces them
        for move in self.sudo().filtered(lambda rec: rec.product_id.is_paper and rec.state == "draft"):
            source, target = move.location_id, move.location_dest_id
            if target._is_paper_ours() and not source._is_paper_ours() and not target.is_paper_quarantine:
                if move._paper_way_in(source) in INTO_QUARANTINE:
                    move._paper_lead_to(move._paper_quarantine())
        return super()._action_confirm(merge=merge, merge_into=merge_into, create_proc=create_proc)
