from odoo import models


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def _read_ahead(self):
        """Read figures and limits of all these specifications at once, before each is looked at by itself."""
        self.mapped("width")
        self.limit_ids.mapped("name")

    def _asked_properties(self):
        """List what a machine must be able to make for this specification; what is not stated is not asked.

        Override to ask for more, with a property of ``lib.capability.STAGES``.

        :return: [{``property``, ``name`` (its field, or the name of a quality limit), ``value`` (what is compared),
            ``required`` (as text), ``unit``}]
        """
        self.ensure_one()
        asked = []
        if self.grade_id:
            asked.append(self._asked("grade", "grade_id", self.grade_id.id, self.grade_id.display_name))
        for name, prop, unit in (("basis_weight", "basis_weight", "g/m²"), ("caliper", "caliper", "µm")):
            if self[name]:
                asked.append(self._asked(prop, name, self[name], f"{self[name]:.10g}", unit))
        if self.width:
            # A sheet may lie either way on the web, unless its grain is agreed.
            across = min(self._sides_across())
            asked.append(self._asked("width", "width", across, f"{across:.10g}", "mm"))
        if self.finish:
            asked.append(self._asked("finish", "finish", self.finish, self.finish))
        asked += [
            self._asked("coating", name, self[name], self[name])
            for name in ("coating_top", "coating_bottom")
            if self[name]
        ]
        asked += [self._asked_limit(limit) for limit in self.limit_ids if limit.has_minimum or limit.has_maximum]
        return asked + (self._asked_of_sheets() if self.format == "sheet" else self._asked_of_reels())

    def _sides_across(self):
        """Return the sides of the paper, mm, that may lie across the web: of a sheet both, unless its grain is agreed."""
        if self.format == "sheet" and self.length and not self.grain_direction:
            return (self.width, self.length)
        return (self._web_side(),)

    def _web_side(self):
        """Return the side of the paper that lies across the web, mm: the grain runs along the web."""
        if self.format == "sheet" and self.length:
            sides = sorted((self.width, self.length))
            return sides[0] if self.grain_direction == "long" else sides[1]
        return self.width

    def _asked(self, prop, name, value, required, unit=""):
        return {"property": prop, "name": name, "value": value, "required": required, "unit": unit}

    def _asked_limit(self, limit):
        low, high = limit.minimum if limit.has_minimum else None, limit.maximum if limit.has_maximum else None
        text = f"≥ {low:.10g}" if high is None else f"≤ {high:.10g}" if low is None else f"{low:.10g} – {high:.10g}"
        return {
            **self._asked("quality", limit.name, [low, high], text, limit.unit or ""),
            "grade_id": self.grade_id.id,
        }

    def _asked_of_reels(self):
        asked, low, high = [], self.reel_diameter_min, self.reel_diameter_max
        if low or high:
            text = f"{low:.10g} – {high:.10g}" if low and high else f"{low or high:.10g}"
            asked.append(self._asked("reel_diameter", "reel_diameter_max", [low or high, high or low], text, "mm"))
        if self.core_diameter:
            asked.append(self._asked("core_diameter", "core_diameter", self.core_diameter, f"{self.core_diameter:.10g}", "mm"))
        return asked

    def _asked_of_sheets(self):
        return [
            self._asked(prop, name, self[name], f"{self[name]:.10g}", "mm")
            for prop, name in (("sheet_width", "width"), ("sheet_length", "length"))
            if self[name]
        ]
