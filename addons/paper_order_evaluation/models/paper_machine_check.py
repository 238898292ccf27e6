from odoo import models

from ..lib.capability import in_range, nearest, one_of, span_within


def _span(low, high):
    """Write a range as people do; '' where nothing is known of it."""
    if low is None and high is None:
        return ""
    if low is None or high is None:
        return f"≤ {high:.10g}" if low is None else f"≥ {low:.10g}"
    return f"{low:.10g} – {high:.10g}"


class PaperMachineCapability(models.Model):
    """What is asked, against one machine (R3.3.4)."""

    _inherit = "paper.machine.capability"

    def _check_property(self, item):
        """Hold one property of a specification against this machine.

        :param item: one of ``paper.spec._asked_properties()``
        :return: ``item`` with ``machine``, ``achievable`` (as text, '' where not known), ``ok`` (True, False, None where not
            known) and ``nearest`` (the nearest figure that can be made, None where there is none)
        """
        self.ensure_one()
        ok, achievable, near = getattr(self, f"_check_{item['property']}")(item)
        return {**item, "machine": self.workcenter_id.display_name, "ok": ok, "achievable": achievable, "nearest": near}

    def _check_range(self, item, name):
        low, high = self._known(f"{name}_min"), self._known(f"{name}_max")
        return in_range(item["value"], low, high), _span(low, high), nearest(item["value"], low, high)

    def _check_grade(self, item):
        known = tuple(self.grade_ids.ids)
        return one_of(item["value"], known), ", ".join(self.grade_ids.mapped("display_name")), None

    def _check_basis_weight(self, item):
        return self._check_range(item, "basis_weight")

    def _check_caliper(self, item):
        return self._check_range(item, "caliper")

    def _check_sheet_width(self, item):
        return self._check_range(item, "sheet_width")

    def _check_sheet_length(self, item):
        return self._check_range(item, "sheet_length")

    def _check_width(self, item):
        width = self._web_width()
        if width is None:
            return None, "", None
        return item["value"] <= width, _span(None, width), nearest(item["value"], None, width)

    def _check_finish(self, item):
        return one_of(item["value"].strip().casefold(), self._names("finishes")), self.finishes or "", None

    def _check_coating(self, item):
        return one_of(item["value"].strip().casefold(), self._names("coatings")), self.coatings or "", None

    def _check_core_diameter(self, item):
        sizes = self._core_sizes()
        near = nearest(item["value"], sizes=sizes)
        return one_of(item["value"], sizes), ", ".join(f"{size:.10g}" for size in sizes), near

    def _check_reel_diameter(self, item):
        """A range of diameters is met where the machine makes one that lies in it."""
        asked_low, asked_high = item["value"]
        low, high = self._known("reel_diameter_min"), self._known("reel_diameter_max")
        near = nearest(asked_high, low, high)
        if (low is not None and asked_high < low) or (high is not None and asked_low > high):
            return False, _span(low, high), near
        return (None if low is None or high is None else True), _span(low, high), near

    def _check_quality(self, item):
        name, unit = item["name"].strip().casefold(), item["unit"].strip().casefold()
        for limit in self.limit_ids.sorted(lambda limit: not limit.grade_id):
            same = limit.name.strip().casefold() == name and (limit.unit or "").strip().casefold() == unit
            if same and (not limit.grade_id or limit.grade_id.id == item["grade_id"]):
                known = limit._range()
                return span_within(item["value"], known), _span(*known), None
        return None, "", None
