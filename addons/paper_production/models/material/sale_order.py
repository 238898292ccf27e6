from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_supply_blockers(self, step):
        """List the materials that the plans of the order wait for: one to be decided on is not approved without them, of one
        approved subject to them nothing is made before they are there (R5.2.1)."""
        self.ensure_one()
        short = self._paper_productions().filtered("paper_material_short")
        if step == "plan":
            short = short.filtered(
                lambda rec: rec.paper_plan_id.state == "submitted" and not rec.paper_plan_id.material_reason
            )
        else:
            short = short.filtered(lambda rec: rec._is_released() and not rec._paper_has_begun())
        return [
            self._paper_blocker(
                "materials",
                self.env._(
                    "%(production)s lacks materials:\n%(materials)s",
                    production=production.name,
                    materials=production.paper_material_short,
                ),
                self.env["paper.way.out"]._open(production.paper_plan_id),
                role="paper_base.group_supervisor",
            )
            for production in short
        ]
