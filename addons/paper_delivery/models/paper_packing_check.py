from odoo import api, fields, models

from ..exceptions import NoticeStateError

KINDS = [("damp", "Against Damp"), ("shock", "Against Shock"), ("theft", "Against Theft")]


class PaperPackingCheck(models.Model):
    """One point of the packing checklist of a delivery (R6.2.2): damp, shock, theft. Warehouse or
    logistics tick it off; who and when is kept.
    """

    _name = "paper.packing.check"
    _description = "Packing Check"
    _order = "picking_id, id"

    picking_id = fields.Many2one("stock.picking", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="picking_id.company_id", store=True, index=True)
    kind = fields.Selection(KINDS, required=True)
    done = fields.Boolean(string="In Order")
    note = fields.Char()
    user_id = fields.Many2one("res.users", string="Checked by", readonly=True)
    checked_on = fields.Datetime(readonly=True)

    _kind_once = models.UniqueIndex("(picking_id, kind)", "This point is on the checklist already.")

    def write(self, vals):
        if any(check.picking_id.state == "done" for check in self):
            raise NoticeStateError(self.env._("The goods have left: the packing checklist stays as it is."))
        if vals.get("done"):
            vals = {**vals, "user_id": self.env.uid, "checked_on": fields.Datetime.now()}
        elif "done" in vals:
            vals = {**vals, "user_id": False, "checked_on": False}
        result = super().write(vals)
        if "done" in vals and not vals["done"]:
            # sudo: whoever takes a tick back takes the passed loading check back
            self.sudo().picking_id._reset_loading_check()
        return result

    @api.model
    def _prepare_checks(self, picking):
        return [{"picking_id": picking.id, "kind": kind} for kind, _label in KINDS]
