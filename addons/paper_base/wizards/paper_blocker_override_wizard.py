from odoo import api, fields, models


class PaperBlockerOverrideWizard(models.TransientModel):
    """Asks an entitled person why the order may go on in spite of a blocker."""

    _name = "paper.blocker.override.wizard"
    _description = "Override a Blocker"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    step = fields.Char(required=True, readonly=True)
    code = fields.Char(required=True, readonly=True)
    message = fields.Char(string="Blocker", compute="_compute_message")
    reason = fields.Text(required=True)

    @api.depends("order_id", "step", "code")
    def _compute_message(self):
        for wizard in self:
            order = wizard.order_id.sudo()  # sudo: the blockers are the same whatever the user may read
            found = order._get_blockers(wizard.step)[order] if order else []
            wizard.message = next((item["message"] for item in found if item["code"] == wizard.code), "")

    def action_override(self):
        """Record the override and let the order go on."""
        self.ensure_one()
        self.order_id._override_blocker(self.step, self.code, self.reason)
        return {"type": "ir.actions.act_window_close"}
