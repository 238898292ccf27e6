from odoo import api, fields, models


class PaperLateChange(models.TransientModel):
    """Asks the production supervisor why an order may still be changed, showing what changes, without prices."""

    _name = "paper.late.change"
    _description = "Consent to a Late Change"

    order_id = fields.Many2one("sale.order", required=True, readonly=True)
    late_change_text = fields.Text(related="order_id.late_change_text", related_sudo=False)
    reason = fields.Text(required=True)

    @api.model
    def _open(self, order):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Consent to the Late Change"),
            "res_model": self._name,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_order_id": order.id},
        }

    def action_allow(self):
        """Consent with the given reason; the step itself checks who may."""
        self.ensure_one()
        self.order_id.action_allow_late_change(self.reason)
        return {"type": "ir.actions.act_window_close"}
