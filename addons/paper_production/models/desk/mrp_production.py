from odoo import api, fields, models

WORKED_AT = ("confirmed", "progress")


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    paper_can_start = fields.Boolean(compute="_compute_paper_can_start")
    # Stored: the desk reads it of all orders in one question.
    paper_planned_kg = fields.Float(
        string="To Be Made (kg)", digits=(16, 3), compute="_compute_paper_planned_kg", store=True, compute_sudo=True
    )

    @api.depends("product_qty", "product_uom_id")
    def _compute_paper_planned_kg(self):
        for production in self:
            production.paper_planned_kg = production._paper_kg(production.product_qty)

    @api.depends("state", "paper_plan_id.state", "workorder_ids.state")
    @api.depends_context("uid")
    def _compute_paper_can_start(self):
        allowed = self.env["mrp.workorder"].has_access("write")
        for production in self:
            production.paper_can_start = allowed and production._is_released() and bool(production._paper_next_work())

    def _paper_next_work(self):
        """Return the operation that comes next, none while one is at work."""
        self.ensure_one()
        works = self.workorder_ids
        if self.state not in WORKED_AT or "progress" in works.mapped("state"):
            return works.browse()
        return works.filtered(lambda work: work.state == "ready")[:1]

    def action_paper_start(self):
        """Start the operation that comes next, as its own button does (R5.3.1); the desk is read again afterwards."""
        self.ensure_one()
        work = self._paper_next_work()
        work.button_start()
        said = self.env._(
            "%(order)s: %(work)s has started on %(machine)s.",
            order=self.name,
            work=work.name or "",
            machine=work.workcenter_id.display_name or "",
        )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": said, "next": {"type": "ir.actions.act_window_close"}},
        }
