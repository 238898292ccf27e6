import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models

LASTS = timedelta(hours=14)  # a shift, and what is still to be sent after it
KEPT = timedelta(days=7)


class PaperFloorSession(models.Model):
    """That somebody signed in on a tablet: what is reported until the end carries its key, of which only a hash is kept."""

    _name = "paper.floor.session"
    _description = "Operator at a Tablet"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _evidence_states = ()

    station_id = fields.Many2one("paper.floor.station", required=True, index=True, ondelete="cascade")
    operator_id = fields.Many2one("paper.floor.operator", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="station_id.company_id", store=True, index=True)
    key_hash = fields.Char(required=True, groups=fields.NO_ACCESS)
    started_on = fields.Datetime(required=True, default=fields.Datetime.now)
    ended_on = fields.Datetime()

    _key_once = models.UniqueIndex("(key_hash)", "This key exists already.")

    @api.model
    def _begin(self, station, operator):
        """Return the key of a new session; whoever worked at the tablet before is signed out."""
        key = secrets.token_urlsafe(24)
        # sudo: the badge stands for the right
        sessions = self.sudo()
        sessions.search([("station_id", "=", station.id), ("ended_on", "=", False)])._end()
        sessions._by_step().create({"station_id": station.id, "operator_id": operator.id, "key_hash": self._key_of(key)})
        return key

    def _end(self):
        self._by_step().write({"ended_on": fields.Datetime.now()})

    @api.model
    def _key_of(self, key):
        return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()

    @api.model
    def _find(self, station, key):
        """Return the session of a key at a station, ended ones for what was kept without a network; none for other input."""
        # sudo: the key stands for the right
        sessions = self.sudo()
        if not isinstance(key, str) or not 8 <= len(key) <= 100:
            return sessions.browse()
        return sessions.search(
            [("station_id", "=", station.id), ("key_hash", "=", self._key_of(key))]
            + [("started_on", ">", fields.Datetime.now() - KEPT), ("operator_id.active", "=", True)],
            limit=1,
        ).filtered("operator_id.user_id.active")

    def _covers(self, moment):
        """Say whether what happened then was done in this session."""
        self.ensure_one()
        return moment <= (self.ended_on or self.started_on + LASTS) + timedelta(minutes=5)
