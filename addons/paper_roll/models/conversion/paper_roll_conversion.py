from odoo import Command, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.locking import lock_or_tell
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import ConversionError, ConversionRightError, RollFigureError
from ..tree.stock_lot import CONVERTERS

_lt = LazyTranslate(__name__)


class PaperRollConversion(models.Model):
    """The goods of a conversion: real stock moves, in which quantity and value are kept; a wrong entry is reversed by them."""

    _inherit = "paper.roll.conversion"

    _steps = {"done": {"reversed": CONVERTERS}, "reversed": {}}
    _entering = {
        "reversed": Entering(check="_check_reversible", then="_action_reversed", by="reversed_by_id", on="reversed_on")
    }
    _step_verbs = {"reverse": "reversed"}
    _reason_steps = {
        "action_reverse": ReasonStep(_lt("Reverse the Conversion"), hint=_lt("What was entered wrong, and what is right."))
    }
    _state_error = ConversionError
    _right_error = ConversionRightError

    state = fields.Selection([("done", "Done"), ("reversed", "Reversed")], default="done", required=True, index=True)
    reversed_reason = fields.Char(string="Reason of the Reversal")
    reversed_by_id = fields.Many2one("res.users", string="Reversed by")
    reversed_on = fields.Datetime(string="Reversed on")
    reversed_rolls = fields.Text(string="Rolls as Entered", help="What the conversion linked before it was reversed.")
    move_ids = fields.Many2many("stock.move", "paper_roll_conversion_move_rel", string="Stock Moves")
    undo_move_ids = fields.Many2many("stock.move", "paper_roll_conversion_undo_rel", string="Stock Moves of the Reversal")
    # {id of the parent: kg that was taken of it}; ids of the rolls that the conversion made.
    taken = fields.Json()
    made = fields.Json()
    can_reverse = fields.Boolean(compute="_compute_can_steps")

    # Goods

    def _move_goods(self, quants, shares, made):
        """Take out of stock what was converted and bring in what was made, at the same place.

        :param quants: of the parents, all at one place; none where they are not in stock
        :param shares: ``{parent: share of it that was taken}``
        :param made: ``{stock.lot: kg}``
        :return: stock.move that the parents were kept for, and that get what was made as soon as it may go to them
        """
        self.ensure_one()
        if not quants:
            return quants.env["stock.move"]
        unweighed = [lot.name for lot, kg in made.items() if kg <= 0]
        if unweighed:
            raise RollFigureError(
                self.env._("%(rolls)s: weigh it. What is made of goods in stock enters it by weight.", rolls=", ".join(unweighed))
            )
        kept = quants.lot_id._paper_kept_lines()
        waiting = kept.move_id
        kept.unlink()
        place, owner = quants.location_id, quants.owner_id
        out = [(quant.lot_id, quant.quantity * shares[quant.lot_id], quant.package_id) for quant in quants]
        enter = [(lot, self._in_unit(lot, kg), False) for lot, kg in made.items()]
        self._convert_goods(out, enter, place, owner, waiting)
        return waiting

    def _in_unit(self, lot, kg):
        """Return a weight in the unit of the lot's article."""
        return self.env["uom.uom"]._kilogram()._compute_quantity(kg, lot.product_id.uom_id, rounding_method="HALF-UP")

    def _convert_goods(self, out, enter, place, owner, waiting):
        """Move goods out of stock and others in, and keep the moves: those of the conversion first, then of its reversal.

        :param out: ``[(stock.lot, quantity, stock.package), …]``, as ``enter``
        :param waiting: stock.move that the goods were kept for; what enters is theirs, too
        """
        out = [row for row in out if row[0].product_id.uom_id.compare(row[1], 0) > 0]
        enter = [row for row in enter if row[0].product_id.uom_id.compare(row[1], 0) > 0]
        taken = self._make_moves(out, place, owner, inward=False)
        made = self._make_moves(enter, place, owner, inward=True)
        # What enters is worth what left: the one is done, and the conversion knows both, before the other.
        field = "undo_move_ids" if self.move_ids else "move_ids"
        self._by_step().write({field: [Command.set((taken | made).ids)]})
        taken._paper_converting()._action_done()
        made._paper_converting()._action_done()
        made.move_dest_ids = waiting.filtered("move_orig_ids")

    def _make_moves(self, rows, place, owner, inward):
        vals_list = []
        for product in {lot.product_id: True for lot, _quantity, _package in rows}:
            own = [row for row in rows if row[0].product_id == product]
            production = product.with_company(self.company_id).property_stock_production
            places = {
                "location_id": (production if inward else place).id,
                "location_dest_id": (place if inward else production).id,
            }
            lines = [
                {
                    "product_id": product.id,
                    "product_uom_id": product.uom_id.id,
                    "company_id": self.company_id.id,
                    "lot_id": lot.id,
                    "quantity": quantity,
                    "package_id": False if inward else package and package.id,
                    "owner_id": owner.id,
                    "picked": True,
                    **places,
                }
                for lot, quantity, package in own
            ]
            vals_list.append(
                {
                    "product_id": product.id,
                    "product_uom": product.uom_id.id,
                    "product_uom_qty": sum(row[1] for row in own),
                    "company_id": self.company_id.id,
                    "origin": self.display_name,
                    "picked": True,
                    "move_line_ids": [Command.create(line) for line in lines],
                    **places,
                }
            )
        return self.env["stock.move"].create(vals_list)

    # Reversal

    def _step_objection(self, state):
        if state == "reversed":
            own = self.sudo()  # sudo: only the rule is asked
            children = own.link_ids.child_id
            onward = children.filtered("paper_child_link_ids")
            if onward:
                return self.env._(
                    "%(rolls)s were converted since: reverse that conversion first.", rolls=", ".join(onward.mapped("name"))
                )
            if not own.move_ids and children._paper_lying():
                return self.env._(
                    "%(rolls)s were brought in by an order: what that made is not reversed here.",
                    rolls=", ".join(children._paper_lying().lot_id.mapped("name")),
                )
            gone = own._gone_children()
            if gone:
                return self.env._(
                    "%(rolls)s are no longer there as they were made: what was delivered, used or moved is not reversed.",
                    rolls=", ".join(gone.mapped("name")),
                )
        return super()._step_objection(state)

    def _gone_children(self):
        """Return the rolls made that do not lie where they were made, whole."""
        moves = self.move_ids.filtered(lambda move: move.location_id.usage == "production")
        there = moves.move_line_ids.lot_id._paper_lying().grouped("lot_id")
        gone = self.env["stock.lot"]
        for line in moves.move_line_ids:
            quants = there.get(line.lot_id, self.env["stock.quant"])
            here = sum(quants.filtered(lambda quant, line=line: quant.location_id == line.location_dest_id).mapped("quantity"))
            if line.product_id.uom_id.compare(here, line.quantity_product_uom) < 0:
                gone |= line.lot_id
        return gone

    def action_reverse(self, reason=None):
        """Take back a conversion that was entered wrong: the rolls it took are as they were, those it made are void."""
        self.ensure_one()
        self._check_step("reversed")
        if not said(reason):
            return self._ask_reason("action_reverse")
        return self._take_step("reversed", reversed_reason=said(reason))

    def _check_reversible(self):
        # sudo: whoever entered them wrong may not otherwise write on rolls
        links = self.sudo().link_ids
        lock_or_tell(links.parent_id | links.child_id)

    def _action_reversed(self):
        for conversion in self.sudo():  # sudo: the step was checked
            links = conversion.link_ids
            parents = links.parent_id
            rows = [f"{link.parent_id.name} → {link.child_id.name} ({link.kg:.10g} kg)" for link in links]
            conversion._by_step().write({"reversed_rolls": "\n".join(rows)})
            conversion._return_goods()
            for parent in parents:
                taken = max(parent.paper_taken_kg - conversion._taken_of(parent), 0.0)
                parent._by_step().write({"paper_taken_kg": taken})
            made = links.child_id.filtered(lambda lot, made=conversion.made or []: lot.id in made)
            links._by_step().unlink()
            made._paper_void(conversion)

    def _taken_of(self, parent):
        """Return how much was taken of a parent, kg; of conversions from before this was kept, by what became of it."""
        if self.taken:
            return self.taken.get(str(parent.id), 0.0)
        own = sum(self.link_ids.filtered(lambda link: link.parent_id == parent).mapped("kg"))
        whole = sum(self.link_ids.mapped("kg"))
        return self.parents_kg * (own / whole if whole else 1 / len(self.link_ids.parent_id))

    def _return_goods(self):
        out_lines = self.move_ids.filtered(lambda move: move.location_id.usage == "production").move_line_ids
        if not out_lines:
            return
        back = (self.move_ids.move_line_ids - out_lines).filtered("lot_id")
        kept = out_lines.lot_id._paper_kept_lines()
        waiting = kept.move_id
        kept.unlink()
        self._convert_goods(
            [(line.lot_id, line.quantity_product_uom, line.result_package_id) for line in out_lines],
            [(line.lot_id, line.quantity_product_uom, False) for line in back],
            out_lines.location_dest_id[:1],
            out_lines.owner_id[:1],
            waiting,
        )
        waiting._action_assign()
