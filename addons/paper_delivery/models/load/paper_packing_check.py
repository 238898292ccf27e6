from odoo import api, fields, models

from ...exceptions import NoticeStateError

# Until the goods leave.
WAITING = dict.fromkeys(("draft", "waiting", "confirmed", "assigned"), ())
KINDS = [("damp", "Against Damp"), ("shock", "Against Shock"), ("theft", "Against Theft")]


class PaperPackingCheck(models.Model):
    """One point of the packing checklist of a delivery (R6.2.2): damp, shock, theft. Warehouse or
    logistics tick it off; who and when is kept.
    """

    _name = "paper.packing.check"
    _description = "Packing Check"
    _inherit = ["paper.step.mixin"]
    _order = "picking_id, id"

    _step_field = "picking_state"
    _all_by_steps = True
    _field_error = NoticeStateError
    _locked_error = NoticeStateError

    picking_id = fields.Many2one("stock.picking", required=True, ondelete="cascade", index=True)
    picking_state = fields.Selection(related="picking_id.state", string="Delivery Status", help="")
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    done = fields.Boolean(string="In Order", by_hand=WAITING)
    note = fields.Char(by_hand=WAITING)
    user_id = fields.Many2one("res.users", string="Checked by")
    checked_on = fields.Datetime()

    _kind_once = models.UniqueIndex("(picking_id, kind)", "This point is on the checklist already.")

    def write(self, vals):
        result = super().write(vals)
        if "done" in vals:
            self._note_check(vals["done"])
        return result

    def _note_check(self, done):
        """Note who ticked the points off and when; a tick taken back takes the passed loading check back."""
        now = fields.Datetime.now()
        # sudo: whoever ticks off has no right on the transfer, nor anybody on who ticked off
        checks = self.sudo()
        checks._by_step().write({"user_id": done and self.env.uid, "checked_on": done and now})
        if not done:
            checks.picking_id._reset_loading_check()

    def _refused_hand_message(self, names):
        if self._by_hand(names[0]):
            return self.env._("The goods have left: the packing checklist stays as it is.")
        return super()._refused_hand_message(names)

    @api.model
    def _prepare_checks(self, picking):
        return [{"picking_id": picking.id, "kind": kind} for kind, _label in KINDS]
