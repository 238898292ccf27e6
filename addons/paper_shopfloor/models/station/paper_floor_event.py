from odoo import api, fields, models

from ...exceptions import FloorError

KINDS = [
    ("start", "Work Started"),
    ("pause", "Work Paused"),
    ("finish", "Work Finished"),
    ("set", "Set Done"),
    ("roll", "Roll Weighed"),
    ("broke", "Broke"),
    ("consume", "Material Used"),
    ("stop", "Machine Stopped"),
    ("go", "Machine Goes On"),
    ("reading", "Process Reading"),
    ("meter", "Meter Read"),
    ("call", "Called"),
    ("answer", "Call Answered"),
    ("end", "Call Ended"),
    ("check", "Checklist"),
    ("note", "Note"),
    ("label", "Label Printed Again"),
]


class PaperFloorEvent(models.Model):
    """What was reported at a machine, as it was reported: who, when by the tablet's clock, and what became of it.

    Nobody changes or deletes it; the records of production are computed from it. What could not be followed keeps its reason.
    """

    _name = "paper.floor.event"
    _description = "Report of a Machine"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _rec_name = "kind"
    _all_by_steps = True
    _evidence_states = ()

    uid = fields.Char(string="Id of the Tablet", required=True)
    kind = fields.Selection(KINDS, required=True, index=True)
    station_id = fields.Many2one("paper.floor.station", string="Tablet", required=True, index=True, ondelete="restrict")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True)
    operator_id = fields.Many2one("paper.floor.operator", string="Operator", required=True, index=True, ondelete="restrict")
    user_id = fields.Many2one("res.users", string="User", required=True)
    happened_on = fields.Datetime(required=True, index=True, help="By the clock of the tablet, UTC; never later than it arrived.")
    shift_date = fields.Date(string="Day of the Shift", required=True)
    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], required=True)
    workorder_id = fields.Many2one("mrp.workorder", string="Work Order", index="btree_not_null", ondelete="set null")
    production_id = fields.Many2one("mrp.production", string="Order", index="btree_not_null", ondelete="set null")
    lot_id = fields.Many2one("stock.lot", string="Roll or Lot", index="btree_not_null", ondelete="set null")
    made_kg = fields.Float(string="Made (kg)", digits=(16, 3))
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 3))
    material_kg = fields.Float(string="Material (kg)", digits=(16, 3))
    note = fields.Char(string="Not Followed, Because")
    payload = fields.Json(help="What was reported, word for word.")

    _uid_once = models.UniqueIndex("(uid)", "This was reported already.")
    _of_shift = models.Index("(workcenter_id, shift_date, shift)")

    def _record_key(self):
        return self.workorder_id, self.shift_date, self.shift, self.user_id

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self._is_step():
            raise FloorError(self.env._("What was reported at a machine stays."))
