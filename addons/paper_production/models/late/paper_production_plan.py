from odoo import fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_capacity.models.run.run_plan import RunPlan

from ...exceptions import PlanLateError
from ..plan.paper_production_plan import AGREED


class PaperProductionPlan(models.Model):
    """What was promised is what is planned: by a plan that ends an order after the promised day, less its way to the customer,
    each such order is named, and the plan is approved only if somebody says why (R3.3.2, R5.1.2)."""

    _inherit = "paper.production.plan"

    late_summary = fields.Text(
        string="Late Orders",
        by_steps=True,
        help="Orders that this plan would finish too late for what was promised, as it stood when it was submitted.",
    )
    late_reason = fields.Text(
        string="Late because",
        by_hand=AGREED,
        tracking=True,
        help="Why the plan is to be approved though orders come late, and what their customers are told.",
    )

    def _name_late(self):
        """Write down which orders would be late if the machines were given to them now; nothing is booked."""
        self.ensure_one()
        productions = self._open_productions().sorted(lambda rec: (rec.date_start, rec.id))
        plan = RunPlan(productions)
        ends = {production: production._paper_planned_end(plan) for production in productions}
        # sudo: who submits may not write what only the step says
        self.sudo()._by_step().write({"late_summary": self._late_words(ends)})

    def _check_late(self):
        """Refuse to approve what was just scheduled if orders come late and nobody said why.

        :raises PlanLateError: naming each late order
        """
        for plan in self:
            words = plan._late_words({production: production.date_finished for production in plan._open_productions()})
            # sudo: as above
            plan.sudo()._by_step().write({"late_summary": words})
            if words and not said(plan.late_reason):
                raise PlanLateError(
                    self.env._(
                        "By %(plan)s these orders come later than promised:\n%(orders)s\nReturn it to planning, or write on the "
                        "plan why it is to be so (“Late because”).",
                        plan=plan.name,
                        orders=words,
                    ),
                    action=self.env["paper.way.out"]._lead_to(plan),
                )

    def _late_words(self, ends):
        """Return the late orders as text, one a line; empty where none is.

        :param ends: ``{manufacturing order: moment at which it is done, False where never}``
        """
        words, company = [], self.company_id
        for production, end in ends.items():
            limit = production._paper_late_by()
            if not limit or (end and end <= limit):
                continue
            values = {
                "order": ", ".join(production.sudo()._paper_orders().mapped("name")),  # sudo: who plans need not read orders
                "production": production.name,
                "limit": company._paper_moment(limit),
                "end": company._paper_moment(end) if end else "",
            }
            if end:
                words.append(self.env._("%(order)s (%(production)s): done %(end)s, at the latest %(limit)s", **values))
            else:
                words.append(self.env._("%(order)s (%(production)s): never done, at the latest %(limit)s", **values))
        return "\n".join(words) or False
