from odoo import api, fields, models
from odoo.tools.misc import formatLang


class PaperProductionPlan(models.Model):
    _inherit = "paper.production.plan"

    production_count = fields.Integer(string="Number of Orders", compute="_compute_figures", compute_sudo=True)
    total_kg = fields.Float(string="Planned (kg)", digits=(16, 0), compute="_compute_figures", compute_sudo=True)
    produced_kg = fields.Float(string="Made (kg)", digits=(16, 0), compute="_compute_figures", compute_sudo=True)
    progress = fields.Float(string="Made (%)", compute="_compute_figures", compute_sudo=True)
    total_hours = fields.Float(string="Machine Hours", compute="_compute_load", compute_sudo=True)
    load_summary = fields.Char(
        string="Hours by Work Centre", compute="_compute_load", compute_sudo=True, help="Expected hours of each machine."
    )
    can_submit = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_return = fields.Boolean(compute="_compute_can_draft")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_draft = fields.Boolean(compute="_compute_can_draft")

    @api.depends("production_ids.product_qty", "production_ids.product_uom_id", "production_ids.state")
    def _compute_figures(self):
        for plan in self:
            live = plan.production_ids.filtered(lambda rec: rec.state != "cancel")
            plan.production_count = len(live)
            plan.total_kg = sum(rec._paper_kg(rec.product_qty) for rec in live)
            plan.produced_kg = sum(rec._paper_kg(rec._paper_made_qty()) for rec in live)
            plan.progress = 100 * plan.produced_kg / plan.total_kg if plan.total_kg else 0

    @api.depends("production_ids.workorder_ids.duration_expected", "production_ids.state")
    @api.depends_context("lang")
    def _compute_load(self):
        for plan in self:
            live = plan.production_ids.filtered(lambda rec: rec.state != "cancel")
            loads = [
                (workcenter.name, sum(orders.mapped("duration_expected")) / 60)
                for workcenter, orders in live.workorder_ids.grouped("workcenter_id").items()
            ]
            plan.total_hours = sum(hours for _name, hours in loads)
            plan.load_summary = " · ".join(
                self.env._("%(machine)s %(hours)s h", machine=name, hours=formatLang(self.env, hours, digits=1))
                for name, hours in sorted(loads)
            )

    @api.depends("state")
    @api.depends_context("uid")
    def _compute_can_draft(self):
        # Back to a draft is two different things to people: returning it with a reason, and taking it up again.
        for plan in self:
            plan.can_return = plan.state == "submitted" and plan._can_go("draft")
            plan.can_draft = plan.state == "cancelled" and plan._can_go("draft")

    def _open_productions(self):
        return self.production_ids.filtered(lambda rec: rec.state not in ("done", "cancel"))

    def _summary(self):
        """Return the plan in one line, for those who get it."""
        self.ensure_one()
        kg = formatLang(self.env, self.total_kg, digits=0)
        return self.env._(
            "%(plan)s: %(number)s orders, %(kg)s kg", plan=self.name, number=self.production_count, kg=kg
        )

    def action_view_workorders(self):
        """Open the work orders of a plan."""
        self.ensure_one()
        action = self.env["ir.actions.actions"]._for_xml_id("mrp.mrp_workorder_todo")
        return {**action, "domain": [("production_id", "in", self.production_ids.ids)], "context": {}}
