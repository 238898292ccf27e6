from datetime import timedelta

from odoo import api, fields, models

LASTS = timedelta(hours=14)  # a shift, and what is still to be sent after it
KEPT = timedelta(days=7)


class PaperFloorSession(models.Model):
    """That somebody signed in on a tablet: what is reported until the end carries its key, a link that nobody else gets."""

    _name = "paper.floor.session"
    _description = "Operator at a Tablet"
    _inherit = ["paper.guarded.mixin", "paper.link.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _evidence_states = ()

    station_id = fields.Many2one("paper.floor.station", required=True, index=True, ondelete="cascade")
    operator_id = fields.Many2one("paper.floor.operator", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True)
    started_on = fields.Datetime(required=True, default=fields.Datetime.now)
    ended_on = fields.Datetime()

    @api.model
    def _begin(self, station, operator):
        """Return the key of a new session; whoever worked at the tablet before is signed out."""
        # sudo: the badge stands for the right
        sessions = self.sudo()
        sessions.search([("station_id", "=", station.id), ("ended_on", "=", False)])._end()
        session = sessions._by_step().create({"station_id": station.id, "operator_id": operator.id})
        return session._link_issue("work", fields.Datetime.now() + KEPT)

    def _end(self):
        self._by_step().write({"ended_on": fields.Datetime.now()})

    @api.model
    def _find(self, station, key):
        """Return the session of a key at a station, ended ones for what was kept without a network; none for other input."""
        session, alive = self._link_find("work", key)
        working = alive and session.station_id == station and session.operator_id.active and session.operator_id.user_id.active
        return session if working else session.browse()

    def _covers(self, moment):
        """Say whether what happened then was done in this session."""
        self.ensure_one()
        return moment <= (self.ended_on or self.started_on + LASTS) + timedelta(minutes=5)
