from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from psycopg2.errors import UniqueViolation

from ...exceptions import ConsumptionError, FloorError, ScaleError, SetError
from .paper_roll_defect import DEFECTS

MOST = 40  # rolls of a set
SAME_KG = 0.5
PACKED = ("done", "cancel")


class PaperFloorStation(models.Model):
    """What a tablet reports of sets, rolls, broke and material."""

    _inherit = "paper.floor.station"

    def _follow_set(self, event, raw):
        work = self._needed_work(event)
        production = work.production_id
        if not work._floor_makes():
            raise SetError(self.env._("%(work)s does not make the rolls of its order.", work=work.display_name))
        jumbo = self._jumbo_of(raw, production)
        production._floor_declare_set(work, self._set_number(raw), self._rolls_of(raw), jumbo, event)

    def _set_number(self, raw):
        number = raw.get("set")
        if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < 10000:
            raise SetError(self.env._("A set has a number."))
        return number

    def _rolls_of(self, raw):
        rolls = raw.get("rolls")
        if not isinstance(rolls, list) or not 0 < len(rolls) <= MOST or not all(isinstance(roll, dict) for roll in rolls):
            raise SetError(self.env._("A set has one to %(most)s rolls.", most=MOST))
        return [
            {
                **{name: self._number(roll.get(name, 0.0), name) for name in ("width", "length", "diameter")},
                "position": place,
            }
            for place, roll in enumerate(rolls, 1)
        ]

    def _jumbo_of(self, raw, production):
        """Return the jumbo that was scanned, else the one that is kept for the order next; none for an order without."""
        lots = self.env["stock.lot"]
        if production.paper_kind != "cut":
            return lots
        code = self._text(raw.get("jumbo"))
        found = lots.search([("name", "=", code), ("product_id", "=", production.paper_base_id.id)], limit=1) if code else lots
        if code and not found:
            raise SetError(
                self.env._("%(code)s is no jumbo reel of “%(base)s”.", code=code, base=production.paper_base_id.display_name)
            )
        return found or production._paper_next_jumbo()

    def _take_events(self, events, kinds):
        """Take reports; rolls of one set that arrive together are entered together, which costs a fraction."""
        if not isinstance(events, list) or len(events) < 2:
            return super()._take_events(events, kinds)
        answers, together = [], []
        for event in [*events, None]:
            if together and (event is None or not self._same_set(together[0], event)):
                answers += self._take_rolls(together, kinds) if len(together) > 1 else super()._take_events(together, kinds)
                together = []
            if event is not None:
                together.append(event)
        return answers

    def _same_set(self, one, other):
        """Say whether two reports are of rolls of the same set, by the same person."""
        if not all(
            isinstance(raw, dict) and raw.get("kind") == "roll" and isinstance(raw.get("roll"), str) for raw in (one, other)
        ):
            return False
        return all(one.get(name) == other.get(name) for name in ("work", "session")) and one["roll"][:-2] == other["roll"][:-2]

    def _take_rolls(self, reports, kinds):
        """Enter rolls of one set in one go; where anything is the matter with one of them, each for itself."""
        try:
            with self.env.cr.savepoint():
                return self._enter_together(reports, kinds)
        except (UserError, UniqueViolation):
            return [self._take_event(raw, kinds) for raw in reports]

    def _enter_together(self, reports, kinds):
        uids = [raw.get("uid") for raw in reports]
        # sudo: a device writes no more than what it reports
        events = self.env[self._event_model].sudo()
        if len({raw["roll"] for raw in reports}) < len(reports) or not all(
            isinstance(uid, str) and len(uid) == 32 for uid in uids
        ):
            raise FloorError(self.env._("What was reported cannot be read."))
        if "roll" not in kinds or events.search_count([("uid", "in", uids)], limit=1):
            raise FloorError(self.env._("This was reported already."))
        events = events._by_step().create([self._prepare_event(raw) for raw in reports])
        own = self._as_operator(self.env["paper.floor.session"]._find(self, reports[0]["session"]))
        weighed = [own._weighed(event.with_env(own.env), raw) for event, raw in zip(events, reports, strict=True)]
        if any(isinstance(one, str) for one in weighed):
            raise FloorError(self.env._("This was reported already."))
        own._enter_weighed(weighed)
        for same in events.grouped(lambda event: event._record_key()).values():
            same.workorder_id._floor_record(same)
        return [{"uid": uid, "state": "kept", "verdict": "entered", "message": ""} for uid in uids]

    def _follow_roll(self, event, raw):
        """Enter a roll as it was weighed: once, however often and from wherever it is reported."""
        weighed = self._weighed(event, raw)
        if isinstance(weighed, str):
            return weighed
        self._enter_weighed([weighed])
        return "entered"

    def _weighed(self, event, raw):
        """Return (report, roll of the set, its figures, its defects) of a weighing, or a verdict where it is entered already.

        :raises FloorError: for a roll of no set, or of another order
        :raises ScaleError: for no weight, or another one than before
        """
        work = self._needed_work(event)
        production = work.production_id
        code = self._text(raw.get("roll"))
        # sudo: of which order a label is tells the refusal
        lines = self.env["paper.floor.set.line"].sudo()
        line = lines.search([("name", "=", code), ("set_id.company_id", "=", self.company_id.id)], limit=1) if code else lines
        if not line:
            raise FloorError(
                self.env._("%(roll)s is no roll of a set: declare the set first, or type its number.", roll=code or "?")
            )
        if line.set_id.production_id != production:
            other = line.set_id.production_id.name
            raise FloorError(
                self.env._("%(roll)s is a roll of %(other)s, not of %(order)s.", roll=code, other=other, order=production.name)
            )
        gross = self._number(raw.get("gross"), self.env._("The weight"))
        tare = self._number(raw.get("tare", 0.0), self.env._("The tare"))
        if gross - tare <= 0:
            raise ScaleError(self.env._("%(roll)s has no weight: put it on the scale again.", roll=line.name))
        if line.lot_id:
            return self._weighed_again(line, gross - tare)
        defects = self._defects_of(raw)
        joints = sum(defect["kind"] == "joint" for defect in defects) or int(self._number(raw.get("joints", 0), "joints"))
        figures = {
            "paper_gross_kg": gross,
            "paper_tare_kg": tare,
            "paper_crew": event.operator_id.sudo().crew,  # sudo: how the crew is called
            "paper_joints": joints,
        }
        return event, line, figures, defects

    def _enter_weighed(self, weighed):
        """Enter weighed rolls of one set, see :meth:`_weighed`."""
        turn = weighed[0][1].set_id
        production = turn.production_id.with_env(self.env)
        lots = production._floor_enter(
            [(line, figures) for _event, line, figures, _defects in weighed], turn.jumbo_id.with_env(self.env)
        )
        # sudo: the reports make them, and keep what came of them
        defects = self.env["paper.roll.defect"].sudo()
        for lot, (event, line, _figures, seen) in zip(lots, weighed, strict=True):
            line._by_step().write({"lot_id": lot.id})
            event._by_step().sudo().write({"lot_id": lot.id, "made_kg": lot.paper_net_kg})  # sudo: as above
            if seen:
                defects._by_step().create([{"lot_id": lot.id, **defect} for defect in seen])

    def _weighed_again(self, line, net):
        if abs(line.lot_id.paper_net_kg - net) <= SAME_KG:
            return "known"
        raise ScaleError(
            self.env._(
                "%(roll)s was weighed already, with %(before)s kg net; now it has %(now)s kg. Quality mends a wrong weight.",
                roll=line.name,
                before=f"{line.lot_id.paper_net_kg:.10g}",
                now=f"{net:.10g}",
            )
        )

    def _defects_of(self, raw):
        defects = raw.get("defects") or []
        if not isinstance(defects, list) or len(defects) > MOST:
            raise FloorError(self.env._("What was reported cannot be read."))
        return [
            {
                "kind": defect["kind"] if defect.get("kind") in dict(DEFECTS) else "other",
                "at_m": self._number(defect.get("at_m") or 0.0, "m"),
                "note": self._text(defect.get("note")),
            }
            for defect in defects
            if isinstance(defect, dict)
        ]

    def _follow_broke(self, event, raw):
        """Take off what became broke, with its reason, of what the order used."""
        work = self._needed_work(event)
        kg, reason = self._number(raw.get("kg"), self.env._("The weight")), self._text(raw.get("reason"))
        if kg <= 0 or not reason:
            raise FloorError(self.env._("Broke has a weight and a reason."))
        production = work.production_id
        production._check_floor_enterable()
        if production.paper_kind == "cut":
            jumbo = self._jumbo_of(raw, production)
            left = jumbo.sudo()._paper_left_kg() if jumbo else 0.0  # sudo: only what is left of it is asked
            if left < kg:
                raise FloorError(self.env._("%(kg)s kg of broke are more than is left of the jumbo reel.", kg=f"{kg:.10g}"))
            jumbo.sudo()._by_step().write({"paper_taken_kg": jumbo.sudo().paper_taken_kg + kg})  # sudo: the report takes it off
            production._paper_use(jumbo, kg)
        production._paper_declare(self.env["stock.lot"], kg)
        event._by_step().sudo().write({"broke_kg": kg})  # sudo: the report keeps what came of it

    def _follow_consume(self, event, raw):
        """Use up material that was scanned: a lot or bale by its number, a tank's content by the article's barcode."""
        work = self._needed_work(event)
        code, kg = self._text(raw.get("code")), self._number(raw.get("kg"), self.env._("The weight"))
        production = work.production_id
        production._check_floor_enterable()
        moves = production.move_raw_ids.filtered(lambda move: move.state not in PACKED)
        lot = self.env["stock.lot"].search(
            [("name", "=", code), ("product_id", "in", moves.product_id.ids), ("company_id", "in", (False, self.company_id.id))],
            limit=1,
        )
        move = moves.filtered(
            lambda rec: rec.product_id == lot.product_id if lot else code in (rec.product_id.barcode, rec.product_id.default_code)
        )[:1]
        if not move or kg <= 0 or (move.has_tracking != "none" and not lot):
            raise ConsumptionError(
                self.env._(
                    "%(code)s: %(order)s does not take this material, or no weight was given. It takes: %(materials)s.",
                    code=code or "?",
                    order=production.name,
                    materials=", ".join(moves.product_id.mapped("display_name")),
                )
            )
        quantity = self.env["uom.uom"]._kilogram()._compute_quantity(kg, move.product_uom, round=False)
        self._check_there(move, lot, kg)
        if not move.manual_consumption:
            move.move_line_ids.unlink()
            move.manual_consumption = True
        line = move.move_line_ids.filtered(lambda own: own.lot_id == lot)[:1]
        if line:
            line.quantity += quantity
        else:
            values = {**move._prepare_move_line_vals(quantity=0), "lot_id": lot.id, "quantity": quantity}
            move.move_line_ids = [Command.create(values)]
        move.picked = True
        # sudo: the report keeps what came of it
        event._by_step().sudo().write({"lot_id": lot.id, "material_kg": kg})

    def _check_there(self, move, lot, kg):
        """Refuse to use more than lies there: a record tells what was consumed, not what was planned (R5.3.1)."""
        # sudo: only how much lies there is asked
        quants = (
            self.env["stock.quant"]
            .sudo()
            .search(
                [("product_id", "=", move.product_id.id), ("location_id", "child_of", move.location_id.id)]
                + ([("lot_id", "=", lot.id)] if lot else [])
            )
        )
        there = move.product_id.uom_id._paper_kg(sum(quants.mapped("quantity")))
        used = sum(
            line.product_uom_id._paper_kg(line.quantity) for line in move.move_line_ids if move.picked and line.lot_id == lot
        )
        if used + kg > there + 0.001:
            raise ConsumptionError(
                self.env._(
                    "%(material)s: %(kg)s kg are more than lie there, which is %(there)s kg.",
                    material=lot.name or move.product_id.display_name,
                    kg=f"{used + kg:.10g}",
                    there=f"{there:.10g}",
                )
            )

    def _follow_label(self, event, raw):
        """Keep that a label was torn and printed again: the roll is told by its number."""
        code = self._text(raw.get("roll"))
        lot = self.env["stock.lot"].search([("name", "=", code), ("is_paper", "=", True)], limit=1) if code else None
        if not lot:
            raise FloorError(self.env._("%(roll)s is no roll of the mill.", roll=code or "?"))
        event._by_step().sudo().write({"lot_id": lot.id})  # sudo: the report keeps what it was about
