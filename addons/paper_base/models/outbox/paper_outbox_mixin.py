from datetime import datetime

from odoo import fields, models
from odoo.exceptions import UserError
from psycopg2.errors import UniqueViolation

from ...exceptions import OutboxError
from ...lib.words import said

MAX_EVENTS = 200  # in one go
MAX_TEXT = 2000


class PaperOutboxMixin(models.AbstractModel):
    """A document about which phones or tablets report. Each report has an id that the device made: what is sent twice is kept
    once, and one that is wrong keeps no other back.

    A model says how a report is kept in :meth:`_prepare_event`, where in ``_event_model``, and what follows from it in
    :meth:`_follow_event`. The model of reports has a unique ``uid`` and a ``note``.
    """

    _name = "paper.outbox.mixin"
    _description = "Document about which Devices Report"

    _event_model = None

    def _take_events(self, events, kinds):
        """Keep what a device reports, and do what follows from it.

        :param events: list of dictionaries with ``uid``, ``kind``, ``at`` and what the kind needs, in the order in which they
            happened
        :param kinds: what this device may report
        :return: list of ``{"uid", "state": "kept" | "known" | "refused" | "again", "verdict", "message"}``
        :raises OutboxError: where this is no such list
        """
        self.ensure_one()
        if not isinstance(events, list) or len(events) > MAX_EVENTS:
            raise OutboxError(self.env._("A device reports a list of at most %(number)s events.", number=MAX_EVENTS))
        return [self._take_event(event, kinds) for event in events]

    def _take_event(self, raw, kinds):
        uid = raw.get("uid") if isinstance(raw, dict) else None
        answer = {"uid": uid if isinstance(uid, str) else "", "state": "refused", "verdict": "", "message": ""}
        # sudo: a device writes no more than what it reports
        events = self.env[self._event_model].sudo()
        try:
            if not isinstance(raw, dict) or raw.get("kind") not in kinds or not isinstance(uid, str) or not 8 <= len(uid) <= 64:
                raise OutboxError(self.env._("What was reported cannot be read."))
            known = events.search([("uid", "=", uid)], limit=1)
            if known:
                return {**answer, "state": "known", "message": known.note or ""}
            with self.env.cr.savepoint():
                event = events._by_step().create(self._prepare_event(raw))
        except UniqueViolation:
            # Another call keeps the same report at this moment.
            return {**answer, "state": "again"}
        except UserError as error:
            return {**answer, "message": str(error)}
        answer["state"] = "kept"
        try:
            with self.env.cr.savepoint():
                answer["verdict"] = self._follow_event(event, raw) or ""
        except UniqueViolation:
            # Another device did the same at this moment; when it is sent again, it is there to be seen.
            event._by_step().unlink()
            return {**answer, "state": "again"}
        except UserError as error:
            # It was reported, and stays; people see why it could not be followed.
            event._by_step().write({"note": str(error)[:MAX_TEXT]})
            self._event_refused(event, str(error))
            answer |= {"state": "refused", "message": str(error)}
        return answer

    def _prepare_event(self, raw):
        """Return the values of a report, or refuse what cannot be read. Override to add what the kind needs."""
        return {"uid": raw["uid"], "kind": raw["kind"], "happened_on": self._moment(raw.get("at"))}

    def _follow_event(self, event, raw):
        """Do what follows from a report; return a verdict that the device shows, or nothing. Override."""

    def _event_refused(self, event, message):
        """Tell somebody of a report that could not be followed. Override."""

    def _text(self, value):
        return said(value)[:MAX_TEXT] if isinstance(value, str) else False

    def _number(self, value, name):
        """Return a number that a device sent.

        :raises OutboxError: for anything else, naming the figure
        """
        if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) < 1e9:
            raise OutboxError(self.env._("%(figure)s is no number.", figure=name))
        return float(value)

    def _moment(self, at):
        """Return the moment that a device names (ISO, UTC); now where it names none, or one to come."""
        now = fields.Datetime.now()
        try:
            moment = datetime.fromisoformat(at.replace("Z", "+00:00")).replace(tzinfo=None)
        except (AttributeError, ValueError, TypeError):
            return now
        return moment.replace(microsecond=0) if datetime(2000, 1, 1) < moment <= now else now
