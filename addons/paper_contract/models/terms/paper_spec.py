from odoo import models

from ...triggers import set_trigger


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

    def init(self):
        result = super().init()
        set_trigger(self, "UPDATE", "paper_contract_refuse", "OLD.locked", {*self._agreed_fields(), "locked"})
        return result
