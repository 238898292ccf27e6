from odoo import models


class PaperSpec(models.Model):
    _inherit = "paper.spec"

    def write(self, vals):
        if not vals.keys() & {*self._agreed_fields(), "limit_ids"}:
            return super().write(vals)
        # sudo: a contract follows its specification, whoever mends it
        orders = self.sudo().order_line_ids.order_id
        before = orders._contracts_before()
        result = super().write(vals)
        orders._contracts_follow(before)
        return result

    def _contract_terms(self):
        """Return what a contract fixes of this specification, as plain values."""
        self.ensure_one()
        terms = {name: self[name].id if name == "grade_id" else self[name] for name in self._agreed_fields()}
        # The property's name is translated; the contract fixes its meaning, not the reader's language.
        limits = self.limit_ids.with_context(lang="en_US")
        terms["limits"] = [{name: limit[name] for name in limits._agreed_fields()} for limit in limits]
        return {"id": self.id, "revision": self.revision, **terms}

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


class PaperSpecLimit(models.Model):
    _inherit = "paper.spec.limit"

    def _contract_text(self):
        """Return a limit as a contract writes it, for example “moisture 5.0–8.0 %”."""
        self.ensure_one()
        low = f"{self.minimum:g}" if self.has_minimum else ""
        high = f"{self.maximum:g}" if self.has_maximum else ""
        figure = f"{low}–{high}" if low and high else f"≥ {low}" if low else f"≤ {high}" if high else ""
        if not figure and self.target:
            figure = f"{self.target:g}"
        return " ".join(filter(None, (self.name, figure, self.unit if figure else "")))
