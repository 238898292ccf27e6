from odoo import api, fields, models

from ...exceptions import EntryNoteError


class PaperEntryScan(models.Model):
    """What was scanned or weighed for an entry note, as it was reported; what is sent twice is kept once."""

    _name = "paper.entry.scan"
    _description = "Scan of an Entry Note"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _rec_name = "code"
    _all_by_steps = True
    _evidence_states = ()

    uid = fields.Char(string="Id of the Device", required=True)
    kind = fields.Selection([("scan", "Scanned"), ("weigh", "Weighed")], required=True)
    note_id = fields.Many2one("paper.entry.note", string="Entry Note", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="note_id.company_id", store=True, index=True)
    code = fields.Char(string="Scanned")
    kg = fields.Float(string="Weighed (kg)", digits=(16, 3))
    happened_on = fields.Datetime(required=True)
    user_id = fields.Many2one("res.users", string="By", required=True, default=lambda self: self.env.user)
    note = fields.Char(string="Not Followed, Because")

    _uid_once = models.UniqueIndex("(uid)", "This was reported already.")

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        if not self._is_step():
            raise EntryNoteError(self.env._("What was scanned stays."))
