from odoo import api, fields, models
from odoo.addons.paper_base.lib.lead import Lead
from odoo.tools.misc import formatLang

from ..approved.release import Release


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_plan_count = fields.Integer(compute="_compute_paper_production_count", groups="base.group_user")
    paper_production_count = fields.Integer(compute="_compute_paper_production_count", groups="base.group_user")

    @api.depends("stock_reference_ids.production_ids.paper_plan_id")
    @api.depends_context("uid")
    def _compute_paper_production_count(self):
        for order in self:
            productions = order.sudo()._paper_productions()  # sudo: they are counted for whom may read them alone
            order.paper_plan_count = self._paper_count(productions.paper_plan_id)
            order.paper_production_count = self._paper_count(productions)

    def action_view_paper_plans(self):
        """Open the production plans that the order's paper stands in (R5.1.1)."""
        plans = self.sudo()._paper_productions().paper_plan_id  # sudo: opened with the rights of who presses it
        return self._paper_open_documents(plans, self.env._("Production Plans"))

    def action_view_paper_productions(self):
        """Open the manufacturing orders of the order's paper (R5.3.1)."""
        productions = self.sudo()._paper_productions()  # sudo: opened with the rights of who presses it
        return self._paper_open_documents(productions, self.env._("Manufacturing Orders"))

    @api.model
    def _paper_leads(self):
        return [*super()._paper_leads(), Lead("action_receive_customer_material", "can_receive_material")]

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "produce":
            for order in self.filtered("is_paper_order"):
                plans = [] if Release.knows_plans(self.env) else order._get_plan_blockers()
                blockers[order] += plans + order._get_material_blockers() + order._get_supply_blockers(step)
        elif step == "plan":
            for order in self.filtered("is_paper_order"):
                blockers[order] += order._get_supply_blockers(step)
        return blockers

    def _paper_productions(self):
        """Return the manufacturing orders that make the paper of these orders."""
        return self.stock_reference_ids._paper_productions()

    def _get_plan_blockers(self):
        """List the manufacturing orders whose plan the supervisor has not approved (R5.1.2)."""
        self.ensure_one()
        waiting = self._paper_productions().filtered(lambda rec: rec.state != "done" and not rec._is_released())
        if not waiting:
            return []
        text = "\n".join(rec._unplanned_message() for rec in waiting)
        return [self._paper_blocker("plan", text, waiting._plan_action())]

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        if self.state == "sale" and self._paper_productions().filtered(lambda rec: rec.state != "done"):
            steps = [*steps, "produce"]
        return steps

    @api.model
    def _paper_tracked_stages(self):
        return super()._paper_tracked_stages() | {"planned", "produced", "stocked"}

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            productions = order.stock_reference_ids._paper_productions(given_up=True)
            milestones[order] += [
                order._planned_milestone(productions),
                order._produced_milestone(productions),
                order._stocked_milestone(productions),
            ]
        return milestones

    def _portal_facts(self):
        """Add how much of each line is made, as long as not all of it is delivered (R5.3.3)."""
        facts = super()._portal_facts()
        # sudo: the customer follows the goods, not the documents that make them
        for line, made in self.sudo()._paper_productions().grouped("sale_line_id").items():
            if line in facts and line.qty_delivered < line.product_uom_qty:
                text = self.env._(
                    "%(made)s of %(ordered)s kg",
                    made=formatLang(self.env, sum(rec._paper_kg(rec._paper_made_qty()) for rec in made), digits=0),
                    ordered=formatLang(self.env, line.paper_weight_kg, digits=0),
                )
                facts[line].append((self.env._("Produced"), text))
        return facts

    def _planned_milestone(self, productions):
        live = productions._paper_live()
        plans = live.paper_plan_id
        # What has no manufacturing order, or none any more, waits for planning; what lies in stock does not.
        lines = productions._paper_progress(self.order_line._paper_wanted(), lambda rec: 0.0, lambda rec: rec.state != "cancel")
        without = any(not line.open and not line.is_enough for line in lines)
        released = not without and all(rec.state == "done" or rec._is_released() for rec in live)
        submitted = any(plan.state == "submitted" for plan in plans)
        state = "done" if released else "current" if plans else "todo"
        milestone = self._paper_milestone(
            "planned",
            self.env._("Production planned"),
            "todo" if self.state != "sale" else state if lines else "skipped",
            date=max(filter(None, plans.mapped("approved_on")), default=None) if lines and released else None,
            department="supervisor" if submitted else "planning",
            clause="R5.1.2",
        )
        return {**milestone, "progress": self._planned_progress(productions)}

    def _planned_progress(self, productions):
        """Return the :class:`Progress` of each line into the plans that are approved."""
        return productions._paper_progress(
            self.order_line._paper_wanted(),
            lambda rec: rec._paper_kg(rec.product_qty) if rec.state == "done" or rec._is_released() else 0.0,
            lambda rec: rec.state != "cancel",
        )

    def _planned_end(self, productions):
        """Return the day on which, by the approved plans, the last of it is made."""
        ends = [rec.date_finished for rec in productions._paper_live() if rec._is_released() and rec.date_finished]
        return self.company_id._paper_day(max(ends)) if ends else None

    def _produced_milestone(self, productions):
        finished = productions.workorder_ids.filtered("date_finished").mapped("date_finished")
        return self._paper_progress_milestone(
            "produced",
            self.env._("Produced"),
            productions._paper_progress(
                self.order_line._paper_wanted(),
                lambda rec: 0.0 if rec.state == "cancel" else rec._paper_kg(rec._paper_made_qty()),
                lambda rec: rec.state not in ("to_close", "done", "cancel"),
            ),
            date=max(finished, default=None),
            deadline=self._planned_end(productions),
            department="workshop",
            clause="R5.3.1",
            state="current" if any(rec.state == "progress" for rec in productions) else None,
        )

    def _stocked_milestone(self, productions):
        finished = productions.filtered("date_finished").mapped("date_finished")
        lines = productions.filtered(lambda rec: rec.state != "done").sale_line_id or self._paper_delivery_lines()
        deadline = min(filter(None, (line._paper_delivery_date() for line in lines)), default=False)
        return self._paper_progress_milestone(
            "stocked",
            self.env._("In stock"),
            productions._paper_progress(
                self.order_line._paper_wanted(),
                lambda rec: 0.0 if rec.state == "cancel" else rec._paper_kg(rec.qty_produced),
                lambda rec: rec.state not in ("done", "cancel"),
            ),
            date=max(finished, default=None),
            deadline=deadline,
            department="warehouse",
            clause="R6.1.2",
        )
