from odoo import models

from ...exceptions import CapabilityError
from ...lib.capability import STAGES, in_range
from ...lib.rate import Rate, counted_trim, machine_rate

# What no opinion and no trial gets around: it does not go through the machine.
HARD = {"grade", "basis_weight", "width", "reel_diameter", "core_diameter", "sheet_width", "sheet_length"}
FLAGS = {"web": "makes_web", "reel": "winds_reels", "sheet": "cuts_sheets"}


class PaperMachineCapability(models.Model):
    _inherit = "paper.machine.capability"

    def _refusals(self, spec):
        """Return what of a specification is known not to go through the machine; what nobody recorded refuses nothing.

        :return: checks as :meth:`_check_property` gives them, each with ``ok`` False
        """
        self.ensure_one()
        asked = [item for item in spec._asked_properties() if item["property"] in HARD and self[FLAGS[STAGES[item["property"]]]]]
        refused = [check for check in map(self._check_property, asked) if check["ok"] is False]
        if self.winds_reels and spec.format == "reel" and in_range(spec.width, self.reel_width_min or None, None) is False:
            narrow = spec._asked("width", "width", spec.width, f"{spec.width:.10g}", "mm")
            machine = self.workcenter_id.display_name
            achievable, near = f"≥ {self.reel_width_min:.10g}", self.reel_width_min
            refused.append({**narrow, "machine": machine, "ok": False, "achievable": achievable, "nearest": near})
        return refused

    def _speed(self, spec):
        """Return the speed for a specification, m/min, its own grade's first; None where it is not known."""
        self.ensure_one()
        for speed in self.speed_ids.sorted(lambda speed: not speed.grade_id):
            same = not speed.grade_id or speed.grade_id == spec.grade_id
            above = speed.basis_weight_from <= spec.basis_weight
            if same and above and (not speed.basis_weight_to or spec.basis_weight <= speed.basis_weight_to):
                return speed.speed or None
        return None

    def _losses(self, spec, company, full_web=False):
        """Return the shares of trim and broke, 0 to 1, that making a specification on this machine costs; base paper, of which
        no width is cut yet, has no trim."""
        width, sides = self._web_width(), [side for side in spec._sides_across() if side]
        cut = width and sides and not full_web
        trim = counted_trim(sides, width, company._paper_counted_trim()) if cut else 0.0
        return trim, (self.broke_percent or 0.0) / 100

    def _rate(self, spec, company, full_web=False):
        """Return the :class:`~..lib.rate.Rate` of a specification: g/m² × sold width × speed × running time.

        It holds for a winder and a sheeter too: their web is what runs through them.

        :param full_web: the whole web is wanted, no width of it
        :return: None where no speed of the machine is known: the times of the routing hold then
        :raises CapabilityError: where the speed is known but weight or width, without which it says nothing, are not
        """
        self.ensure_one()
        if not self.speed_ids or not spec:
            return None
        if not spec.basis_weight:
            raise CapabilityError(
                self.env._(
                    "%(spec)s has no basis weight, so that nobody knows how much of it %(machine)s makes in an hour.",
                    spec=spec.display_name,
                    machine=self.workcenter_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(spec),
            )
        speed = self._speed(spec)
        if not speed:
            return None
        width = self._web_width()
        if not width:
            raise CapabilityError(
                self.env._(
                    "%(machine)s has a speed but no width: the technical department enters its trimmed width.",
                    machine=self.workcenter_id.display_name,
                ),
                action=self.env["paper.way.out"]._lead_to(self),
            )
        trim, broke = self._losses(spec, company, full_web)
        web = machine_rate(spec.basis_weight, width * (1 - trim), speed, (self.efficiency or 100.0) / 100)
        return Rate(web, trim, broke)
