from datetime import timedelta

from odoo import fields, models

from ...exceptions import FloorError, ScaleError, SignInError
from .paper_floor_event import KINDS

SUPERVISOR = ("paper_base.group_supervisor",)
TRIES, PAUSE = 5, timedelta(minutes=5)
EVERY = tuple(kind for kind, _name in KINDS)
SHOWN = 200  # letters of a report that could not be followed, in a to-do


class PaperFloorStation(models.Model):
    """A tablet at a machine. It opens the operator's page by a token of its own, which the production supervisor issues and
    revokes; who works on it signs in there by badge or PIN. Reports are kept on it and sent once when there is a network.
    """

    _name = "paper.floor.station"
    _description = "Tablet at a Machine"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.link.mixin", "paper.outbox.mixin"]
    _order = "workcenter_id, name, id"
    _check_company_auto = True
    _evidence_states = ()
    _event_model = "paper.floor.event"
    _acts = {"open": ((), SUPERVISOR)}
    _state_error = FloorError
    _right_error = SignInError
    _follow = {kind: f"_follow_{kind}" for kind in EVERY}

    name = fields.Char(required=True)
    active = fields.Boolean(default=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", required=True, index=True, ondelete="restrict", check_company=True
    )
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    scale_id = fields.Many2one(
        "paper.instrument", string="Scale", check_company=True, help="Weighs the rolls; it answers on the network."
    )
    tare_kg = fields.Float(string="Usual Tare (kg)", digits=(16, 3), help="Core and wrapping of a roll, spool of a jumbo.")
    wrong_tries = fields.Integer(by_steps=True, help="Badges and PINs that were not known, one after the other.")
    locked_until = fields.Datetime(by_steps=True)
    can_open = fields.Boolean(compute="_compute_can_steps")

    _tare_weighs = models.Constraint("CHECK(tare_kg >= 0)", "A tare weighs nothing or more.")

    # The device

    def action_open(self):
        """Issue the address under which the tablet opens the page of its machine; earlier ones are void (R5.3.1)."""
        self.ensure_one()
        self._check_act("open")
        token = self._link_issue("floor")
        return {"type": "ir.actions.act_url", "url": f"/paper/floor/{token}", "target": "new"}

    def action_revoke(self):
        """Make the address of a tablet void that was lost."""
        self._check_act("open")
        self._link_revoke("floor")

    # The person

    def _sign_in(self, code):
        """Return ``{"session", "operator"}`` for a badge or PIN.

        :raises SignInError: for one that nobody has; after five of them for five minutes for any
        """
        self.ensure_one()
        now = fields.Datetime.now()
        if self.locked_until and self.locked_until > now:
            raise SignInError(self.env._("Too many wrong badges or PINs: wait five minutes, or ask the supervisor."))
        operator = self.env["paper.floor.operator"]._of_code(code, self.company_id)
        if not operator:
            tries = self.wrong_tries + 1
            self._by_step().write(
                {"wrong_tries": 0 if tries >= TRIES else tries, "locked_until": now + PAUSE if tries >= TRIES else False}
            )
            return {"error": self.env._("This badge or PIN is not known.")}
        self._by_step().write({"wrong_tries": 0, "locked_until": False})
        return {"session": self.env["paper.floor.session"]._begin(self, operator), "operator": operator.name}

    def _sign_out(self, key):
        self.env["paper.floor.session"]._find(self, key)._end()
        return {}

    def _as_operator(self, session):
        """Return the tablet as the operator of a session works on it: with the operator's own rights, in the mill's language."""
        user = session.operator_id.user_id
        return self.with_user(user).with_context(lang=self.env.lang, allowed_company_ids=self.company_id.ids)

    # The scale

    def _weigh(self):
        """Return what the scale shows, kg.

        :raises ScaleError: where there is none, or nothing lies on it
        """
        self.ensure_one()
        if not self.scale_id:
            raise ScaleError(self.env._("%(tablet)s has no scale: type the weight.", tablet=self.name))
        kg = float(self.scale_id.action_paper_read())
        if kg <= 0:
            raise ScaleError(self.env._("%(scale)s shows no weight: put the roll on it.", scale=self.scale_id.name))
        return kg

    # What is reported

    def _prepare_event(self, raw):
        values = super()._prepare_event(raw)
        session = self.env["paper.floor.session"]._find(self, raw.get("session"))
        if not session or not session._covers(values["happened_on"]):
            raise SignInError(self.env._("Nobody has signed in: sign in by badge or PIN, then report it again."))
        day, shift = self.company_id._paper_shift(values["happened_on"])
        work = self._work_of(raw)
        return {
            **values,
            "station_id": self.id,
            "workcenter_id": self.workcenter_id.id,
            "company_id": self.company_id.id,
            "operator_id": session.operator_id.id,
            "user_id": session.operator_id.user_id.id,
            "shift_date": day,
            "shift": shift,
            "workorder_id": work.id,
            "production_id": work.production_id.id,
            "payload": self._payload(raw),
        }

    def _payload(self, raw):
        kept = {key: value for key, value in raw.items() if key not in ("session", "uid", "kind") and isinstance(key, str)}
        return {key[:40]: self._kept_value(value) for key, value in kept.items()}

    def _kept_value(self, value):
        return value if isinstance(value, int | float | bool) or value is None else str(value)[:1000]

    def _work_of(self, raw):
        """Return the work order that a report names, of this machine.

        :raises FloorError: for one of another machine
        """
        works = self.env["mrp.workorder"].sudo()  # sudo: which machine it is of is asked before anything else
        number = raw.get("work")
        if not isinstance(number, int) or isinstance(number, bool):
            return works.browse()
        work = works.browse(number).exists()
        if not work or work.workcenter_id != self.workcenter_id:
            raise FloorError(self.env._("This work order is not on %(machine)s.", machine=self.workcenter_id.name))
        return work

    def _follow_event(self, event, raw):
        own = self._as_operator(self.env["paper.floor.session"]._find(self, raw.get("session")))
        verdict = getattr(own, self._follow[event.kind])(event.with_env(own.env), raw)
        if event.workorder_id and (event.made_kg or event.broke_kg or event.material_kg):
            event.workorder_id._floor_record(event)
        return verdict

    def _event_refused(self, event, message):
        words = f"{dict(event._fields['kind']._description_selection(self.env))[event.kind]}: {message}"
        self.company_id._paper_tell(SUPERVISOR[0], self, words[:SHOWN], kind=f"event {event.id}", quietly=True)

    def _needed_work(self, event):
        """Return the work order that was reported on, as the operator reaches it.

        :raises FloorError: where none was named
        """
        if not event.workorder_id:
            raise FloorError(self.env._("Choose the order that this belongs to."))
        return event.workorder_id.with_env(self.env)

    def _follow_start(self, event, raw):
        work = self._needed_work(event)
        work.button_start()
        open_checks = self.workcenter_id._floor_open_checks(work)
        return self.env._("Still to be checked: %(lists)s", lists=", ".join(open_checks.mapped("name"))) if open_checks else ""

    def _follow_pause(self, event, raw):
        self._needed_work(event).button_pending()

    def _follow_finish(self, event, raw):
        self._needed_work(event).button_finish()

    def _follow_note(self, event, raw):
        text = self._text(raw.get("text"))
        if not text:
            raise FloorError(self.env._("Write what is to be noted."))
        self.env["paper.shift.log"]._of_event(event)._append(event, text)
