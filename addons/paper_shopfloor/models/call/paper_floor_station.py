from odoo import models

from ...exceptions import CallError
from .paper_floor_call import KINDS


class PaperFloorStation(models.Model):
    """What a tablet reports of calls."""

    _inherit = "paper.floor.station"

    def _follow_call(self, event, raw):
        kind, reason = raw.get("who"), self._text(raw.get("reason"))
        if kind not in dict(KINDS) or not reason:
            raise CallError(self.env._("Say whom you call, and why."))
        self.env["paper.floor.call"]._call(kind, reason, self.workcenter_id, event.workorder_id, event.happened_on)

    def _call_of(self, raw):
        number = raw.get("call")
        # sudo: whoever stands at the machine takes its steps with the own rights
        call = self.env["paper.floor.call"].sudo().browse(number if isinstance(number, int) else ()).exists()
        if not call or call.workcenter_id != self.workcenter_id:
            raise CallError(self.env._("%(machine)s has no such call.", machine=self.workcenter_id.name))
        return call

    def _follow_answer(self, event, raw):
        self._call_of(raw).action_answer()

    def _follow_end(self, event, raw):
        cause = self._text(raw.get("cause"))
        if not cause:
            raise CallError(self.env._("A call ends with the cause that was found."))
        self._call_of(raw).action_end(cause)
