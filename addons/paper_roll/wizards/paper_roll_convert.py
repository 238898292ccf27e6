from string import ascii_uppercase

from odoo import Command, api, fields, models

from ..exceptions import RollLineError
from ..lib.weight import Balance
from ..models.identity.stock_lot import KILOGRAM, WOUND
from ..models.tree.paper_roll_conversion import OPERATIONS

# What each operation makes, and whether it cuts across the web or along it; None where the web ends.
MAKES = {
    "wind": ("set", "along"),
    "slit": ("roll", "across"),
    "rewind": ("roll", "along"),
    "split": ("roll", "along"),
    "sheet": ("pallet", None),
    "repack": ("pallet", None),
}
# What is usually done with a roll, by its kind.
USUAL = {"jumbo": "wind", "set": "slit", "roll": "rewind", "pallet": "repack", "bundle": "repack"}
MOST = 60


class PaperRollConvert(models.TransientModel):
    """What the crew enters of a conversion: which rolls were taken, what was made of them, what became broke or stays.

    The rolls made are proposed from the number of pieces, in equal parts; the crew puts in what was weighed. Whether it can be
    is asked of the conversion itself, see ``stock.lot._paper_convert``.
    """

    _name = "paper.roll.convert"
    _description = "Enter a Conversion of Rolls"

    operation = fields.Selection(OPERATIONS, required=True, default="rewind")
    parent_ids = fields.Many2many("stock.lot", string="Rolls Taken", required=True, domain=[("is_paper", "=", True)])
    company_id = fields.Many2one("res.company", compute="_compute_left")
    pieces = fields.Integer(default=1, help="How many rolls, pallets or bundles were made: they are proposed in equal parts.")
    machine_id = fields.Many2one("mrp.workcenter", domain="[('company_id', 'in', (False, company_id))]")
    crew = fields.Char()
    line_ids = fields.One2many("paper.roll.convert.line", "convert_id", string="Rolls Made")
    parents_kg = fields.Float(string="There (kg)", digits=KILOGRAM, compute="_compute_left")
    left_kg = fields.Float(string="Stays on the Rolls Taken (kg)", digits=KILOGRAM)
    broke_kg = fields.Float(string="Broke (kg)", digits=KILOGRAM)
    children_kg = fields.Float(string="Made (kg)", digits=KILOGRAM, compute="_compute_difference")
    difference_kg = fields.Float(
        string="Difference (kg)",
        digits=KILOGRAM,
        compute="_compute_difference",
        help="Taken, and neither made nor broke: moisture, dust, scales.",
    )
    is_balanced = fields.Boolean(compute="_compute_difference")
    reason = fields.Char(string="Reason of the Difference")

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        lots = self.env["stock.lot"].browse(self.env.context.get("active_ids") or ())
        if lots and self.env.context.get("active_model") == "stock.lot":
            values["parent_ids"] = [Command.set(lots.ids)]
            values["operation"] = USUAL.get(lots[0].paper_kind, "slit")
            values["machine_id"] = lots.paper_machine_id[:1].id
            values["crew"] = lots[0].paper_crew
        return values

    @api.depends("parent_ids")
    def _compute_left(self):
        for wizard in self:
            # sudo: how much of a roll is in stock, whoever may read stock
            parents = wizard.parent_ids._origin.sudo()
            wizard.parents_kg = sum(parent._paper_left_kg() for parent in parents)
            wizard.company_id = parents.company_id[:1] or self.env.company

    @api.depends("parents_kg", "left_kg", "broke_kg", "line_ids.gross_kg", "line_ids.tare_kg")
    def _compute_difference(self):
        for wizard in self:
            made = sum(line.gross_kg - line.tare_kg for line in wizard.line_ids)
            balance = Balance(wizard.parents_kg - wizard.left_kg, made, wizard.broke_kg)
            wizard.children_kg = made
            wizard.difference_kg = balance.difference_kg
            # sudo: only the tolerance is asked
            wizard.is_balanced = balance.within(wizard.company_id.sudo().paper_balance_tolerance)

    @api.onchange("operation", "pieces", "parent_ids")
    def _onchange_pieces(self):
        """Propose what was made: as many as said, in equal parts."""
        self.line_ids = [Command.clear(), *(Command.create(vals) for vals in self._proposed_lines())]

    def _proposed_lines(self):
        parents, pieces = self.parent_ids._origin, min(max(self.pieces, 0), MOST)
        if not parents or not pieces:
            return []
        first, (kind, way) = parents[0], MAKES[self.operation]
        whole = max(self.parents_kg - self.left_kg - self.broke_kg, 0.0)
        each, lines = round(whole / pieces, 3), []
        width = first.paper_width / (pieces if way == "across" else 1) if kind in WOUND else 0.0
        spec = first._paper_spec_for(width)
        for place in range(pieces):
            kg = each if place < pieces - 1 else round(whole - each * (pieces - 1), 3)  # together all of it, to the gram
            vals = {"name": self._proposed_number(first, place, pieces), "kind": kind, "gross_kg": kg}
            if kind in WOUND:
                length = first.paper_length / (pieces if way == "along" else 1)
                vals.update(
                    width=width,
                    length=length,
                    core=first.paper_core,
                    position=place + 1 if way == "across" else first.paper_position,
                )
                if way == "along" and pieces > 1 and length:
                    vals.update(from_m=length * place, to_m=length * (place + 1))
                if kind == "set":
                    vals.update(set_number=place + 1, position=0)
            vals["paper_spec_id"] = spec.id
            lines.append(vals)
        return lines

    def _proposed_number(self, first, place, pieces):
        """Return a number that begins with that of the roll taken: what stands on the roll tells where it comes from."""
        if self.operation == "slit" and pieces <= len(ascii_uppercase):
            return f"{first.name}{ascii_uppercase[place]}"
        sign = {"wind": "-", "rewind": "R", "split": "S"}.get(self.operation, "P")
        return f"{first.name}{sign}{place + 1}"

    def action_convert(self):
        """Enter the conversion, and open what was made.

        :raises RollLineError: naming each line and what is wrong in it
        """
        self.ensure_one()
        problems = [problem for number, line in enumerate(self.line_ids, start=1) for problem in line._problems(number)]
        names = self.line_ids.mapped("name")
        for number, line in enumerate(self.line_ids, start=1):
            if line.name and names.index(line.name) < number - 1:
                problems.append(
                    self.env._(
                        "Line %(line)s: the number %(name)s stands in line %(other)s already.",
                        line=number,
                        name=line.name,
                        other=names.index(line.name) + 1,
                    )
                )
        if not self.line_ids:
            problems.append(self.env._("Say what was made: at least one line."))
        if problems:
            raise RollLineError("\n".join(problems))
        alone = self.parent_ids if len(self.parent_ids) == 1 else self.parent_ids.browse()
        lots = self.parent_ids._paper_convert(
            [line._prepare_roll(alone) for line in self.line_ids],
            self.operation,
            broke_kg=self.broke_kg,
            left_kg=self.left_kg,
            reason=self.reason or "",
            machine=self.machine_id,
            crew=self.crew or "",
            with_goods=True,
        )
        return lots._paper_show()
