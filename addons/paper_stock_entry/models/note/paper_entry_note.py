from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.tools import float_compare

from ...exceptions import EntryDifferenceError, EntryNoteError, EntryRightError, ProtectionError
from ..gate.passage import KEY, EntryPassage

WAREHOUSE, WORKSHOP = "paper_base.group_warehouse", "paper_base.group_workshop"
SUPERVISOR = "paper_base.group_supervisor"
CHECKS = ("check_wrap", "check_caps", "check_edges", "check_floor", "check_humidity")
HAND = {"counting": (WAREHOUSE,)}


class PaperEntryNote(models.Model):
    """What of an order enters stock at once: the warehouse scans each roll, differences are named and settled, the goods'
    protection is checked; then, and not before, they are in stock, in the places that the rules say. What is not on it goes into
    a backorder of the order, with its share of the material.
    """

    _name = "paper.entry.note"
    _description = "Entry Note"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.outbox.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _event_model = "paper.entry.scan"

    _steps = {"counting": {"entered": (WAREHOUSE,), "cancelled": (WAREHOUSE, SUPERVISOR)}, "entered": {}, "cancelled": {}}
    _step_verbs = {"enter": "entered", "cancel": "cancelled"}
    _acts = {"scan": (("counting",), (WAREHOUSE,))}
    _entering = {"entered": Entering(check="_check_complete", by="entered_by_id", on="entered_on", then="_action_entered")}
    _evidence_states = ("entered",)
    _state_error = EntryNoteError
    _right_error = EntryRightError
    _field_error = EntryNoteError
    _locked_error = EntryNoteError

    name = fields.Char(default="/", required=True, by_steps=True, copy=False)
    state = fields.Selection(
        [("counting", "Being Counted"), ("entered", "In Stock"), ("cancelled", "Cancelled")],
        default="counting",
        required=True,
        index=True,
        tracking=True,
        by_steps=True,
    )
    production_id = fields.Many2one(
        "mrp.production", string="Order", required=True, index=True, ondelete="restrict", check_company=True, by_hand={"new": ()}
    )
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company, by_steps=True)
    product_id = fields.Many2one(related="production_id.product_id")
    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    line_ids = fields.One2many("paper.entry.line", "note_id", string="Rolls", readonly=True)
    scan_ids = fields.One2many("paper.entry.scan", "note_id", string="Scans", readonly=True)
    expected_count = fields.Integer(string="Declared", compute="_compute_counts")
    entering_count = fields.Integer(string="To Enter", compute="_compute_counts")
    entering_kg = fields.Float(string="To Enter (kg)", digits=(16, 3), compute="_compute_counts")
    difference_count = fields.Integer(string="Differences", compute="_compute_counts")
    difference_text = fields.Text(string="What Differs", compute="_compute_counts")
    more_to_come = fields.Boolean(
        string="More Is to Come", by_hand=HAND, help="The order goes on: what it still has to make goes into a backorder."
    )
    check_wrap = fields.Boolean(string="Wrapping Whole", by_hand=HAND)
    check_caps = fields.Boolean(string="End Caps On", by_hand=HAND)
    check_edges = fields.Boolean(string="Edges Undamaged", by_hand=HAND)
    check_floor = fields.Boolean(string="Floor Dry and Clean", by_hand=HAND)
    check_humidity = fields.Boolean(string="Humidity in Order", by_hand=HAND)
    protection_photo = fields.Image(max_width=1600, max_height=1600, by_hand=HAND)
    entered_by_id = fields.Many2one("res.users", string="Entered by", by_steps=True)
    entered_on = fields.Datetime(by_steps=True)
    can_enter = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_scan = fields.Boolean(compute="_compute_can_steps")

    _one_open = models.UniqueIndex("(production_id) WHERE state = 'counting'", "This order has an open entry note already.")

    @api.depends("line_ids.verdict", "line_ids.settled")
    def _compute_counts(self):
        for note in self:
            entering = note.line_ids.filtered(lambda line: line._enters())
            open_lines = note._open_lines()
            note.expected_count = len(note.line_ids.filtered("expected"))
            note.entering_count = len(entering)
            note.entering_kg = sum(entering.lot_id.mapped("paper_net_kg"))
            note.difference_count = len(open_lines)
            note.difference_text = "\n".join(line._sentence() for line in open_lines)

    @api.model_create_multi
    def create(self, vals_list):
        if not self._is_one_of((WAREHOUSE, WORKSHOP, SUPERVISOR)):
            raise EntryRightError(self.env._("The workshop hands goods over, the warehouse enters them."))
        notes = super().create(vals_list)
        for note in notes:
            production = note.production_id
            if not production._may_be_noted():
                raise EntryNoteError(self.env._("%(order)s has nothing to enter.", order=production.name))
            # sudo: the number and what is declared are nobody's to write
            note.sudo()._by_step().write(
                {
                    "name": self.env["ir.sequence"].sudo().next_by_code("paper.entry.note") or "/",  # sudo: as above
                    "company_id": production.company_id.id,
                }
            )
            note._take_declared()
            note.company_id._paper_tell(WAREHOUSE, note, lambda rec: rec.env._("Enter %(order)s", order=rec.production_id.name))
        return notes

    # What is declared, what is scanned

    def _declared_move(self):
        production = self.production_id.sudo()  # sudo: the warehouse counts what the workshop made
        return production.move_finished_ids.filtered(
            lambda move: move.product_id == production.product_id and move.state not in ("done", "cancel")
        )[:1]

    def _take_declared(self):
        """Take over what was declared since."""
        self.ensure_one()
        known = self.line_ids.grouped("lot_id")
        move = self._declared_move()
        lots = move.move_line_ids.lot_id
        values = [
            {"note_id": self.id, "code": lot.name, "lot_id": lot.id, "expected": True, "declared_kg": lot.paper_net_kg}
            for lot in lots
            if lot not in known
        ]
        # sudo: see create
        self.env["paper.entry.line"].sudo()._by_step().create(values)

    def action_refresh(self):
        """Take over what the workshop has declared since the note was made."""
        self._check_act("scan")
        self._take_declared()

    def action_scan_page(self):
        """Open the page on which the rolls are scanned."""
        self.ensure_one()
        self._check_act("scan")
        return {"type": "ir.actions.act_url", "url": f"/paper/entry/{self.id}", "target": "new"}

    def _prepare_event(self, raw):
        self._check_act("scan")
        code = self._text(raw.get("code"))
        if not code:
            raise EntryNoteError(self.env._("Scan a label, or type the number of the roll."))
        kg = self._number(raw.get("kg", 0.0), "kg")
        return {**super()._prepare_event(raw), "note_id": self.id, "code": code[:100], "kg": kg, "user_id": self.env.uid}

    def _follow_event(self, event, raw):
        return self._scan(event.code, event.kg)

    def _scan(self, code, kg=0.0):
        """Keep that a roll was scanned, and weighed where ``kg`` is given; return what it is, a key of the verdicts."""
        self.ensure_one()
        self._check_act("scan")
        # sudo: see create
        lines = self.env["paper.entry.line"].sudo()
        line = self.line_ids.sudo().filtered(lambda own: own.code == code)  # sudo: see create
        if line and line.scanned and not kg:
            return "double"
        values = {"scanned": True, "settled": False, **({"weighed_kg": kg} if kg else {})}
        if line:
            line._by_step().write(values)
        else:
            # sudo: what a label is of is told whoever may read the roll
            lot = (
                self.env["stock.lot"]
                .sudo()
                .search(
                    [("name", "=", code), ("product_id.is_paper", "=", True), ("company_id", "in", (False, self.company_id.id))],
                    limit=1,
                )
            )
            line = lines._by_step().create(
                {"note_id": self.id, "code": code, "lot_id": lot.id, "declared_kg": lot.paper_net_kg, **values}
            )
        return line.verdict

    def _entry_facts(self):
        """Return what the page of the scanner shows, as plain values."""
        self.ensure_one()
        verdicts = dict(self.env["paper.entry.line"]._fields["verdict"]._description_selection(self.env))
        return {
            "note": self.name,
            "order": f"{self.production_id.name} · {self.paper_spec_id.display_name or self.product_id.display_name}",
            "rolls": [
                {
                    "code": line.code,
                    "kg": round(line.declared_kg, 1),
                    "expected": line.expected,
                    "scanned": line.scanned,
                    "verdict": line.verdict,
                }
                for line in self.line_ids
            ],
            "words": {
                **verdicts,
                "double": self.env._("Scanned already"),
                "scan": self.env._("Scan or type the number of a roll"),
                "kg": self.env._("Weighed kg"),
                "waiting": self.env._("Not sent yet: %s. They are sent as soon as there is a network."),
                "sent": self.env._("Everything is sent"),
            },
        }

    def _open_lines(self):
        return self.line_ids.filtered(lambda line: line.verdict != "ok" and not line.settled)

    # Entering

    def action_enter(self):
        """Bring what was scanned into stock; everything that differs has to be settled before (R6.1.2)."""
        return self._take_step("entered")

    def action_cancel(self):
        """Give the note up; what was made stays on the floor."""
        return self._take_step("cancelled")

    def _check_complete(self):
        for note in self:
            note._take_declared()
            open_lines = note._open_lines()
            if open_lines:
                raise EntryDifferenceError("\n".join(line._sentence() for line in open_lines))
            if not note.line_ids.filtered(lambda line: line._enters()):
                raise EntryDifferenceError(self.env._("%(note)s: nothing was scanned that may enter.", note=note.name))
            if not all(note[check] for check in CHECKS) or not note.protection_photo:
                raise ProtectionError(
                    self.env._("%(note)s: go through the checks of protection and take a photo of the goods.", note=note.name)
                )

    def _action_entered(self):
        for note in self:
            note._put_in_place()
            note._enter_stock()

    def _put_in_place(self):
        """Let each roll go to the place that the rules say, or that the warehouse chose."""
        move = self._declared_move()
        entering = self.line_ids.filtered(lambda line: line._enters())
        places = self.env["paper.place.rule"]._places_for(entering.lot_id, self.company_id, move.location_dest_id)
        for line in entering.sudo():  # sudo: see create
            place = line.location_id or places[line.lot_id]
            line._by_step().write({"location_id": place.id})
            move.move_line_ids.filtered(lambda own, line=line: own.lot_id == line.lot_id).location_dest_id = place

    def _enter_stock(self):
        """Finish the order with what enters; what does not goes into its backorder with its share of the material."""
        # sudo: the warehouse enters what the workshop made; the person is asked for the right to the note
        production = self.production_id.sudo().with_context(**{KEY: EntryPassage()})
        move = self._declared_move()
        entering = self.line_ids.filtered(lambda line: line._enters()).lot_id
        back = move.move_line_ids.filtered(lambda line: line.lot_id and line.lot_id not in entering)
        kept = self._set_aside(production, move, back) if back else None
        others = production.production_group_id.production_ids
        production.write({"qty_producing": sum(move.move_line_ids.filtered("lot_id").mapped("quantity"))})
        production._set_qty_producing()
        self._finish(production)
        if kept:
            self._bring_back(production.production_group_id.production_ids - others, kept)

    def _set_aside(self, production, move, back):
        """Take what stays on the floor off the order, and its share of what was used; return it for the backorder."""
        every = sum(move.move_line_ids.filtered("lot_id").mapped("quantity"))
        share = sum(back.mapped("quantity")) / every
        rolls = [(line.lot_id, line.quantity) for line in back]
        back.unlink()
        used = []
        live = (production.move_raw_ids | production.move_byproduct_ids).filtered(
            lambda rec: rec.state not in ("done", "cancel") and rec.picked and rec.quantity
        )
        for raw in live.filtered(lambda rec: rec.manual_consumption or rec.production_id):
            if raw.production_id:
                quantity = raw.quantity * share
                raw.quantity -= quantity
                used.append((raw.product_id, None, None, quantity))
                continue
            for line in raw.move_line_ids:
                quantity = line.quantity * self._share_of(line.lot_id, rolls, share, production)
                line.quantity -= quantity
                used.append((raw.product_id, line.lot_id, line.location_id, quantity))
        return {"rolls": rolls, "used": used}

    def _share_of(self, parent, rolls, share, production):
        """Return which part of a lot that was used went into these rolls, by the tree of rolls where it knows."""
        made = self._declared_move().move_line_ids.lot_id | self.env["stock.lot"].union(*(lot for lot, _quantity in rolls))
        links = parent.sudo().paper_child_link_ids.filtered(lambda link: link.child_id in made)  # sudo: only weights are asked
        own = links.filtered(lambda link: link.child_id in [lot for lot, _quantity in rolls])
        whole = sum(links.mapped("kg"))
        return sum(own.mapped("kg")) / whole if whole else share

    def _finish(self, production):
        """Finish the order, with a backorder where something is left or is to come."""
        action = production.button_mark_done()
        if isinstance(action, dict) and action.get("res_model") == "mrp.production.backorder":
            context = {**action["context"], KEY: EntryPassage()}
            wizard = self.env["mrp.production.backorder"].sudo().with_context(**context).create({})  # sudo: see _enter_stock
            left = self.more_to_come or self.line_ids.filtered(lambda line: line.expected and not line._enters())
            finish = wizard.action_backorder if left else wizard.action_close_mo
            finish()
        if production.state != "done":
            raise EntryNoteError(
                self.env._("%(order)s could not be finished: look at what it still asks for.", order=production.name)
            )

    def _bring_back(self, backorder, kept):
        """Declare on the backorder what stayed on the floor, with what was used for it."""
        backorder.ensure_one()
        move = backorder.move_finished_ids.filtered(lambda rec: rec.product_id == backorder.product_id)[:1]
        move.move_line_ids.filtered(lambda line: not line.lot_id).unlink()
        move.move_line_ids = [
            fields.Command.create(
                {**move._prepare_move_line_vals(quantity=0), "lot_id": lot.id, "quantity": quantity, "picked": False}
            )
            for lot, quantity in kept["rolls"]
        ]
        for product, lot, place, quantity in kept["used"]:
            raw = (backorder.move_raw_ids | backorder.move_byproduct_ids).filtered(lambda rec, p=product: rec.product_id == p)[:1]
            if float_compare(quantity, 0.0, precision_digits=6) <= 0 or not raw:
                continue
            if raw.production_id:
                raw.quantity = quantity
            else:
                if not raw.manual_consumption:
                    raw.move_line_ids.unlink()
                    raw.manual_consumption = True
                values = {**raw._prepare_move_line_vals(quantity=0), "lot_id": lot.id, "quantity": quantity}
                raw.move_line_ids = [fields.Command.create({**values, "location_id": place.id})]
            raw.picked = True
        backorder.write(
            {
                "qty_producing": sum(quantity for _lot, quantity in kept["rolls"]),
                "lot_producing_ids": [fields.Command.set(kept["rolls"][0][0].ids)],
            }
        )
        backorder._set_qty_producing()
