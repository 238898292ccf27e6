from odoo import fields, models

from ...exceptions import ShiftLogError


class PaperFloorStation(models.Model):
    """Handing over and taking over at the tablet: both sign there with badge or PIN, which needs the network."""

    _inherit = "paper.floor.station"

    def _sign_log(self, code, verb, left_open=None):
        """Let the person of a badge or PIN hand the running shift over, or take over what was handed over last.

        :param verb: "hand_over" or "take_over"
        :raises ShiftLogError: where nothing is handed over
        """
        told = self._sign_in(code)
        if "error" in told:
            return told
        session = self.env["paper.floor.session"]._find(self, told["session"])
        own = self._as_operator(session)
        logs = own.env["paper.shift.log"]
        if verb == "hand_over":
            day, shift = self.company_id._paper_shift(fields.Datetime.now())
            log = logs._of(own.workcenter_id, own.company_id, day, shift)
        else:
            log = logs.search([("workcenter_id", "=", self.workcenter_id.id), ("state", "=", "handed")], limit=1)
            if not log:
                raise ShiftLogError(self.env._("No shift of %(machine)s is handed over yet.", machine=self.workcenter_id.name))
        log._hand(verb, left_open)
        return {**told, "log": log.name}
