from odoo import models


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def _contract_name(self):
        """Return the specification as a contract names it: as a seller does, and with the outside of its core."""
        name, outside = self.display_name, self.core_outside_diameter
        if not outside:
            return name
        return self.env._("%(paper)s, outside of the core %(diameter)s mm", paper=name, diameter=f"{outside:g}")

    def _contract_tolerance(self):
        if not self.tolerance_plus and not self.tolerance_minus:
            return ""
        return f"+{self.tolerance_plus:g} % / −{self.tolerance_minus:g} %"

    def _contract_packing(self):
        return self.packing or ""

    def _contract_quality(self):
        """Return standard with edition, limits and the customer's own requirement; '' if none is known."""
        limits = [limit._contract_text() for limit in self.limit_ids]
        parts = [self.grade_id.standard_label, *limits, (self.quality_requirement or "").strip()]
        return (", " if self.env.lang != "zh_CN" else "，").join(filter(None, parts))

    def _contract_methods(self):
        return ", ".join(dict.fromkeys(filter(None, self.limit_ids.mapped("method"))))
