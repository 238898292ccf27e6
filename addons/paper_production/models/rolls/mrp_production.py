from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.geometry import SHEET

from ...exceptions import RollEntryError

# Who makes them; what is weighed elsewhere they enter too.
ENTERING = ("paper_base.group_workshop", "paper_base.group_supervisor")
OPEN = ("confirmed", "progress", "to_close")


class MrpProduction(models.Model):
    """What a run or cut makes, roll by roll: jumbo reels of the run, rolls and pallets of the cut with the jumbo they come of.

    A roll that is entered lies on the floor; it enters stock when its order, or a backorder of it, is finished.
    """

    _inherit = "mrp.production"

    paper_roll_ids = fields.Many2many("stock.lot", string="Rolls", compute="_compute_paper_rolls", compute_sudo=True)
    paper_roll_count = fields.Integer(string="Number of Rolls", compute="_compute_paper_rolls", compute_sudo=True)
    can_enter_rolls = fields.Boolean(compute="_compute_can_enter_rolls")

    @api.depends("bom_id.paper_kind", "state")
    @api.depends_context("uid")
    def _compute_can_enter_rolls(self):
        may = self._is_one_of(ENTERING)
        for production in self:
            production.can_enter_rolls = may and production._is_enterable()

    @api.depends("move_finished_ids.state", "move_finished_ids.move_line_ids.lot_id")
    def _compute_paper_rolls(self):
        for production in self:
            rolls = production._paper_own_moves().move_line_ids.lot_id
            production.paper_roll_ids = rolls
            production.paper_roll_count = len(rolls)

    def action_view_paper_rolls(self):
        """Open the rolls that were made."""
        self.ensure_one()
        return self.paper_roll_ids._get_records_action(name=self.env._("Rolls"))

    def action_paper_enter_rolls(self):
        """Open the window in which rolls are entered (R5.3.1)."""
        self.ensure_one()
        self._check_enterable()
        entry = self.env["paper.roll.entry"].create({"production_id": self.id, "jumbo_id": self._paper_next_jumbo().id})
        return entry._get_records_action(name=self.env._("Enter Rolls"), target="new")

    def _paper_own_moves(self):
        return self.move_finished_ids.filtered(
            lambda move: move.product_id == move.production_id.product_id and move.state != "cancel"
        )

    def _paper_base_moves(self):
        return self.move_raw_ids.filtered(
            lambda move: move.product_id == move.raw_material_production_id.paper_base_id and move.state != "cancel"
        )

    def _is_enterable(self):
        return bool(self.paper_kind) and self.state in OPEN

    def _check_enterable(self):
        self.check_access("write")
        for production in self:
            if not production._is_enterable():
                raise RollEntryError(
                    self.env._(
                        "%(order)s is no run or cut in work: rolls are entered for these alone.", order=production.name
                    )
                )
        self._check_produce()

    def _paper_next_jumbo(self):
        """Return the jumbo that a cut takes next: of what is kept for it, what is not used up."""
        # sudo: of a jumbo only what is left of it is asked
        kept = self._paper_base_moves().move_line_ids.lot_id.sudo()
        return kept.filtered(lambda lot: lot._paper_left_kg() > 0)[:1].sudo(False)

    def _paper_enter(self, rolls, broke_kg=0.0, jumbo=None):
        """Enter rolls that a run or cut has made.

        :param rolls: list of dictionaries, values of ``stock.lot`` each: name, weights in kg, width in mm, length in m
        :param broke_kg: what became broke with them
        :param jumbo: stock.lot that a cut took them of
        :return: stock.lot
        :raises RollEntryError: for no weight, no jumbo, an order not in work
        :raises RollTooHeavyError, RollWidthError, RollNumberError, MassBalanceError: for what cannot be, see paper_roll
        """
        self.ensure_one()
        self._check_enterable()
        nets = [(roll.get("name") or "?", roll.get("paper_gross_kg", 0) - roll.get("paper_tare_kg", 0)) for roll in rolls]
        unweighed = [name for name, net in nets if net <= 0]
        if unweighed or not rolls or broke_kg < 0:
            raise RollEntryError(
                self.env._(
                    "%(order)s: %(rolls)s has no net weight. Weigh it and enter gross and tare in kg; broke is not below zero.",
                    order=self.name,
                    rolls=", ".join(unweighed) or "–",
                )
            )
        if self.paper_kind == "cut":
            lots = self._paper_cut_rolls(rolls, broke_kg, jumbo)
        else:
            lots = self.env["stock.lot"].create([{**self._paper_roll_values(), "paper_kind": "jumbo", **roll} for roll in rolls])
        self._paper_declare(lots, broke_kg)
        return lots

    def _paper_roll_values(self):
        machine = self.workorder_ids.filtered(lambda work: work.state in ("progress", "done"))[-1:].workcenter_id
        return {
            "product_id": self.product_id.id,
            "company_id": self.company_id.id,
            "paper_spec_id": self.paper_spec_id.id,
            "paper_machine_id": machine.id,
            "paper_made_on": fields.Datetime.now(),
        }

    def _paper_cut_rolls(self, rolls, broke_kg, jumbo):
        """Cut rolls of a jumbo: they are linked to it, and so much of it is used up as they weigh with their broke."""
        if not jumbo or jumbo.product_id != self.paper_base_id:
            raise RollEntryError(
                self.env._(
                    "%(order)s: say of which jumbo reel of “%(base)s” these rolls were cut. The run has to be in stock first.",
                    order=self.name,
                    base=self.paper_base_id.display_name,
                )
            )
        sheets = self.paper_spec_id.format == SHEET
        kind, operation = ("pallet", "sheet") if sheets else ("roll", "wind")
        made = sum(roll["paper_gross_kg"] - roll.get("paper_tare_kg", 0) for roll in rolls)
        # sudo: of a jumbo only what is left of it is asked
        left = max(jumbo.sudo()._paper_left_kg() - made - broke_kg, 0)
        own = self._paper_roll_values()
        lots = jumbo._paper_convert(
            [{**own, "paper_kind": kind, **roll} for roll in rolls],
            operation,
            broke_kg=broke_kg,
            left_kg=left,
            machine=self.env["mrp.workcenter"].browse(own["paper_machine_id"] or ()),
        )
        self._paper_use(jumbo, made + broke_kg)
        return lots

    def _paper_use(self, jumbo, kg):
        """Let the order use so much of a jumbo, beside what it used before; what was only reserved is given back."""
        move = self._paper_base_moves()[:1]
        if not move.manual_consumption or not move.picked:
            move.move_line_ids.unlink()
            move.manual_consumption = True
        quantity = self.env["uom.uom"]._kilogram()._compute_quantity(kg, move.product_uom, round=False)
        line = move.move_line_ids.filtered(lambda own: own.lot_id == jumbo)
        if line:
            line[0].quantity += quantity
        else:
            # sudo: only where a jumbo stands is asked
            stock = jumbo.sudo().quant_ids.filtered(lambda quant: quant.location_id.usage == "internal" and quant.quantity > 0)
            move.move_line_ids = [
                Command.create(
                    {
                        **move._prepare_move_line_vals(quantity=0),
                        "lot_id": jumbo.id,
                        "quantity": quantity,
                        "location_id": stock[:1].location_id.id or move.location_id.id,
                    }
                )
            ]
        move.picked = True

    def _paper_declare(self, lots, broke_kg):
        """Let the order make these lots: lines of its finished move that stay unpicked until it is done."""
        move = self._paper_own_moves().filtered(lambda rec: rec.state != "done")[:1]
        kilogram = self.env["uom.uom"]._kilogram()
        before = sum(move.move_line_ids.filtered("lot_id").mapped("quantity"))
        move.move_line_ids.filtered(lambda line: not line.lot_id).unlink()
        move.move_line_ids = [
            Command.create(
                {
                    **move._prepare_move_line_vals(quantity=0),
                    "lot_id": lot.id,
                    "quantity": kilogram._compute_quantity(lot.paper_net_kg, move.product_uom, round=False),
                    "picked": False,
                }
            )
            for lot in lots
        ]
        now = kilogram._compute_quantity(sum(lots.mapped("paper_net_kg")), move.product_uom, round=False)
        gives_back = self.bom_id.sudo().paper_broke_id  # sudo: whoever enters rolls need not read recipes
        broke = self.move_finished_ids.filtered(
            lambda rec: rec.product_id == gives_back and rec.state not in ("done", "cancel")
        )[:1]
        if broke:
            broke.quantity = (broke.quantity if broke.picked else 0.0) + kilogram._compute_quantity(
                broke_kg, broke.product_uom, round=False
            )
            broke.picked = True
        vals = {"qty_producing": before + now}
        if not self.lot_producing_ids:
            # Odoo knows one lot of an order: without one it makes a spare.
            vals["lot_producing_ids"] = [Command.set(lots[:1].ids)]
        self.write(vals)
        # What else goes into it follows from how much it is, until it is weighed too.
        self._set_qty_producing()

    def action_generate_serial(self, workorder=False):
        """A lot that gets its number when its order is finished has passed the inspection of the order."""
        result = super().action_generate_serial(workorder)
        self.filtered("is_paper").lot_producing_ids._follow_verdict()
        return result

    # The tree, also where nobody entered rolls

    def _paper_keep_tree(self):
        """Give what a run or cut brought into stock without entering rolls a kind, a weight and its parents."""
        # sudo: the tree follows from what was made and used, whoever finished the order
        for production in self.sudo().filtered(lambda rec: rec.paper_kind and rec.state != "cancel"):
            lines = production._paper_own_moves().filtered(lambda move: move.state == "done").move_line_ids
            for lot, own in lines.filtered(lambda line: line.lot_id and not line.lot_id.paper_kind).grouped("lot_id").items():
                kg = sum(production._paper_kg(line.quantity, line.product_uom_id) for line in own)
                sheets = production.paper_spec_id.format == SHEET
                kind = "jumbo" if production.paper_kind == "run" else "pallet" if sheets else "roll"
                values = {**production._paper_roll_values(), "paper_kind": kind, "paper_gross_kg": kg}
                lot._by_step().write({name: value for name, value in values.items() if name != "product_id"})
                if production.paper_kind == "cut":
                    production._paper_link_batch(lot, kg)

    def _paper_link_batch(self, lot, kg):
        """Link a batch that was cut to the jumbos that its order used; each gives what was taken of it."""
        used = {}
        for line in self._paper_base_moves().filtered(lambda move: move.state == "done").move_line_ids:
            if line.lot_id:
                used[line.lot_id] = used.get(line.lot_id, 0.0) + self._paper_kg(line.quantity, line.product_uom_id)
        for jumbo, taken in used.items():
            if not jumbo.paper_kind:
                on_hand = self._paper_kg(jumbo.product_qty, jumbo.product_uom_id)
                jumbo._by_step().write({"paper_kind": "jumbo", "paper_gross_kg": on_hand + taken})
        jumbos = self.env["stock.lot"].union(*used)
        whole = sum(used.values())
        if not jumbos or sum(jumbo._paper_left_kg() for jumbo in jumbos) < whole - 0.5:
            return
        parts = [{"parent": jumbo, "kg": kg * taken / whole} for jumbo, taken in used.items()]
        left = sum(jumbo._paper_left_kg() for jumbo in jumbos) - whole
        jumbos._paper_convert(
            [{"lot": lot, "parts": parts}],
            "sheet" if self.paper_spec_id.format == SHEET else "wind",
            broke_kg=max(whole - kg, 0.0),
            left_kg=max(left, 0.0),
            reason=self.env._("Entered as one batch by %(order)s.", order=self.name),
        )
