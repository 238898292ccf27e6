from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_base.lib.desk import Figure, Task
from odoo.fields import Domain

DAYS = 7


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        _ = self.env._
        return [
            *super()._paper_tasks(),
            Task(
                code="plan_to_submit",
                name=_("Finish a production plan"),
                departments=("planning",),
                model="paper.production.plan",
                domain=[("state", "=", "draft")],
                action="paper_production.action_paper_production_plan",
                filters=("open",),
                title=("name",),
                order="",
                deadline="date_from",
                user="user_id",
            ),
            Task(
                code="plan_to_approve",
                name=_("Approve a production plan"),
                departments=("supervisor",),
                model="paper.production.plan",
                domain=[("state", "=", "submitted")],
                action="paper_production.action_paper_production_plan_to_approve",
                filters=("to_approve",),
                title=("name",),
                order="",
                deadline="date_from",
                since="submitted_on",
            ),
            Task(
                code="to_produce",
                name=_("Produce"),
                departments=("workshop",),
                model="mrp.production",
                domain=[
                    ("product_id.is_paper", "=", True),
                    ("state", "in", ("confirmed", "progress", "to_close")),
                    ("paper_plan_id.state", "=", "approved"),
                ],
                action="paper_production.action_paper_productions",
                filters=("todo",),
                title=("name",),
                order="sale_line_id.order_id",
                deadline="date_finished",
                since="date_start",
                spec="paper_spec_id",
                weight="paper_planned_kg",
                step="produce",
                button="action_paper_start",
                label=_("Start"),
                can="paper_can_start",
            ),
            Task(
                code="materials_to_buy",
                name=_("Buy what a plan needs"),
                departments=("purchasing",),
                model="paper.material.plan",
                domain=[("state", "=", "draft")],
                action="paper_production.action_paper_material_plan",
                filters=("to_buy",),
                title=("name", "plan_id.name"),
                order="",
                deadline="first_order_date",
            ),
            Task(
                code="to_set_up",
                name=_("Set up a machine"),
                departments=("equipment",),
                model="paper.setup",
                domain=[("state", "=", "open")],
                action="paper_production.action_paper_setup",
                filters=("open",),
                title=("workcenter_id.name", "grade_id.name"),
                order="",
                deadline="due",
            ),
            Task(
                code="training_to_hold",
                name=_("Hold a training"),
                departments=("planning",),
                model="paper.training",
                domain=[("state", "=", "planned")],
                action="paper_production.action_paper_training",
                filters=("planned",),
                title=("name",),
                order="",
                deadline="date",
            ),
        ]

    @api.model
    def _stages_with_tasks(self):
        return super()._stages_with_tasks() | {"produced"}

    @api.model
    def _paper_figures(self):
        """Add what came off the machines day by day: what is made and entered, not what a plan says (R5.3.3)."""
        figures, productions = super()._paper_figures(), self.env["mrp.production"]
        moves, company = self.env["stock.move"], self.env.company
        if not (productions.has_access("read") and moves.has_access("read")):
            return figures
        begun = company._paper_day_begins(company._paper_today() - timedelta(days=DAYS - 1))
        made = Domain("production_id", "!=", False) & Domain("product_id.is_paper", "=", True) & Domain("state", "=", "done")
        made &= Domain("company_id", "=", company.id) & Domain("date", ">=", begun)
        days = {}
        rows = moves.with_context(tz=company._paper_zone())._read_group(made, ["date:day", "product_uom"], ["quantity:sum"])
        for moment, unit, quantity in rows:
            day = fields.Date.to_date(moment)
            days[day] = days.get(day, 0.0) + unit._paper_kg(quantity) / 1000
        bars = []
        for day in sorted(days):
            within = company._paper_within("date", day, day + timedelta(days=1))
            bars.append((company._paper_date(day), round(days[day], 1), 0, Domain("move_finished_ids", "any", made & within)))
        if not bars:
            return figures
        name, tonnes = self.env._("Made in %(days)s days", days=DAYS), round(sum(days.values()), 1)
        behind = Domain("move_finished_ids", "any", made)
        action = "paper_production.action_paper_productions"
        return [*figures, Figure("made", name, tonnes, productions._name, behind, unit=self.env._("t"), bars=bars, action=action)]
