from odoo import fields, models
from odoo.addons.paper_base.lib.geometry import SHEET

from ...exceptions import SetError

AHEAD = 6  # sets that a tablet knows, so that it goes on without a network
SAME_WIDTH = 0.5  # mm


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    paper_set_ids = fields.One2many("paper.floor.set", "production_id", string="Sets on the Floor")

    def _floor_unit(self):
        """Return what the order makes: jumbo, pallet or roll."""
        self.ensure_one()
        if self.paper_kind == "run":
            return "jumbo"
        return "pallet" if self.sudo().paper_spec_id.format == SHEET else "roll"  # sudo: only the format is asked

    def _floor_pattern(self):
        """Return what is wound beside each other next: ``[{"width", "length", "diameter", "position"}]``, as planned."""
        self.ensure_one()
        entry = self.env["paper.roll.entry"].new({"production_id": self.id})
        lines = entry._prepare_lines()
        for place, line in enumerate(lines, 1):
            line.setdefault("paper_position", line.get("paper_position") or place)
        return [
            {
                "width": line.get("paper_width") or 0.0,
                "length": line.get("paper_length") or 0.0,
                "diameter": line.get("paper_diameter") or 0.0,
                "position": line["paper_position"],
                "set": line.get("paper_set_number") or 0,
            }
            for line in lines
        ]

    def _floor_next_sets(self):
        """Return the sets that come next, with the numbers that their rolls get: ``[{"number", "rolls": [{"name", …}]}]``.

        The numbers follow from the order, the set and the place, so that a tablet without a network gives the same ones.
        """
        self.ensure_one()
        pattern = self._floor_pattern()
        first = max(self.paper_set_ids.mapped("number"), default=0) + 1
        planned = pattern[0]["set"] if pattern else 0
        numbers = [planned] if planned else range(first, first + AHEAD)
        return [
            {
                "number": number,
                "rolls": [{**roll, "name": self._floor_name(number, roll["position"])} for roll in pattern],
            }
            for number in numbers
        ]

    def _floor_name(self, number, position):
        return f"{self.name}-{number:02d}{position:02d}"

    def _floor_declare_set(self, work, number, rolls, jumbo, event):
        """Keep that a set came off; its rolls wait for the scale.

        :param rolls: ``[{"width", "length", "diameter", "position"}]`` in mm, m, mm, counted from the drive side
        :raises SetError: for a set that is declared already, or whose pattern changed meanwhile
        """
        self.ensure_one()
        self.env["paper.floor.set"].flush_model()
        known = self.paper_set_ids.filtered(lambda turn: turn.number == number)
        if known:
            raise SetError(
                self.env._(
                    "%(order)s: set %(number)s was declared at %(tablet)s already. Weigh its rolls.",
                    order=self.name,
                    number=number,
                    tablet=known.event_id.sudo().station_id.name or "–",  # sudo: another machine's tablet
                )
            )
        pattern = self._floor_pattern()
        if pattern and pattern[0]["set"] == number:
            self._check_pattern(number, rolls, pattern)
        # sudo: the report makes them, nobody's hand
        return (
            self.env["paper.floor.set"]
            .sudo()
            ._by_step()
            .create(
                {
                    "production_id": self.id,
                    "workorder_id": work.id,
                    "number": number,
                    "jumbo_id": jumbo.id,
                    "event_id": event.id,
                    "line_ids": [
                        fields.Command.create({**roll, "name": self._floor_name(number, roll["position"])}) for roll in rolls
                    ],
                }
            )
        )

    def _check_pattern(self, number, rolls, pattern):
        planned = {roll["position"]: roll["width"] for roll in pattern}
        told = {roll["position"]: roll["width"] for roll in rolls}
        wrong = [(place, width) for place, width in told.items() if abs(planned.get(place, width) - width) > SAME_WIDTH]
        if wrong:
            raise SetError(
                self.env._(
                    "%(order)s: the pattern of set %(number)s changed meanwhile: %(rolls)s. Look at the plan and declare "
                    "it anew.",
                    order=self.name,
                    number=number,
                    rolls=", ".join(
                        f"{self._floor_name(number, place)}: {width:.10g} → {planned[place]:.10g} mm" for place, width in wrong
                    ),
                )
            )

    def _floor_enter(self, weighed, jumbo):
        """Enter weighed rolls of a set; return their lots. Orders of one level have neither a jumbo nor a run behind them.

        :param weighed: ``[(paper.floor.set.line, figures of its lot)]``
        """
        self.ensure_one()
        rolls = [
            {
                "name": line.name,
                "paper_width": line.width,
                "paper_length": line.length,
                "paper_diameter": line.diameter,
                "paper_set_number": line.set_id.number,
                "paper_position": line.position,
                **figures,
            }
            for line, figures in weighed
        ]
        if self.paper_kind:
            return self._paper_enter(rolls, 0.0, jumbo)
        self._check_floor_enterable()
        own = {**self._paper_roll_values(), "paper_kind": self._floor_unit()}
        lots = self.env["stock.lot"].create([{**own, **roll} for roll in rolls])
        self._paper_declare(lots, 0.0)
        return lots

    def _check_floor_enterable(self):
        self.check_access("write")
        if not self.is_paper or self.state not in ("confirmed", "progress", "to_close"):
            raise SetError(self.env._("%(order)s is not in work: nothing is entered for it.", order=self.name))
        self._check_produce()
