from odoo import api, fields, models

from .columns import store_columns
from .sale_order import SOON_DAYS

# What the tracking table shows of a line: how many kg have come through which stage.
TRACKED = {
    "paper_planned_kg": "planned",
    "paper_made_kg": "produced",
    "paper_inspected_kg": "inspected",
    "paper_stocked_kg": "stocked",
    "paper_shipped_kg": "dispatched",
    "paper_accepted_kg": "delivered",
}
# Less is what a figure of so many digits is rounded by.
SAME_KG = 0.0005
LIGHTS = [("late", "Late"), ("soon", "Due Soon"), ("fine", "In Time"), ("done", "Done")]


class SaleOrderLine(models.Model):
    """A row of the tracking table: ordered, planned, made, inspected, shipped, accepted, invoiced, each in kg."""

    _inherit = "sale.order.line"

    paper_stage = fields.Selection(related="order_id.paper_stage")
    # Stored with where their order stands, by the same milestones, when a transaction ends.
    paper_planned_kg = fields.Float(string="Planned (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_made_kg = fields.Float(string="Made (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_inspected_kg = fields.Float(string="Passed (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_stocked_kg = fields.Float(string="In Stock (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_shipped_kg = fields.Float(string="Shipped (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_accepted_kg = fields.Float(string="Accepted (kg)", digits=(16, 0), by_steps=True, copy=False)
    paper_invoiced_kg = fields.Float(string="Invoiced (kg)", digits=(16, 0), compute="_compute_paper_tracking")
    paper_due_day = fields.Date(string="Due", compute="_compute_paper_tracking")
    paper_light = fields.Selection(LIGHTS, string="Light", compute="_compute_paper_tracking")

    @api.depends(
        "product_uom_qty",
        "qty_invoiced",
        "order_id.state",
        "paper_shipped_kg",
        "paper_commitment_date",
        "order_id.commitment_date",
    )
    def _compute_paper_tracking(self):
        for line in self:
            weights = {code: line[name] for name, code in TRACKED.items()}
            line.paper_invoiced_kg = line._paper_line_kg(line.qty_invoiced)
            line.paper_due_day = line._paper_delivery_day()
            line.paper_light = line._light(weights)

    def _light(self, weights):
        company = self.order_id.company_id or self.env.company
        today = company._paper_today()
        if self.order_id.state == "cancel" or not self.is_paper:
            return False
        if self._paper_progress(weights.get("dispatched", 0.0)).is_enough:
            return "done"
        if not self.paper_due_day:
            return False
        if self.paper_due_day < today:
            return "late"
        return "soon" if self.paper_due_day <= company._paper_add_working_days(today, SOON_DAYS) else "fine"

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        arch, view = super()._get_view(view_id, view_type, **options)
        tracked = self.env["sale.order"]._paper_tracked_stages()
        for node in arch.iter("field"):
            if TRACKED.get(node.get("name"), "") not in {"", *tracked}:
                node.set("column_invisible" if view_type == "list" else "invisible", "True")
        return arch, view

    def _store_reached(self, reached):
        """Store how many kg of these lines have come through each stage, of all that differ at once.

        :param reached: ``{line id: {stage: kg}}``
        """
        rows = []
        for line in self:
            weights = [reached.get(line.id, {}).get(code, 0.0) for code in TRACKED.values()]
            if any(abs(line[name] - weight) > SAME_KG for name, weight in zip(TRACKED, weights, strict=True)):
                rows.append((line.id, *weights))
        if not rows:
            return
        store_columns(self, TRACKED, rows)
        self.invalidate_recordset([*TRACKED, "paper_light"], flush=False)
        self.order_id.invalidate_recordset(["paper_made_percent", "paper_shipped_percent"], flush=False)

    def action_open_tracked_order(self):
        self.ensure_one()
        return self.env["paper.way.out"]._open(self.order_id)
