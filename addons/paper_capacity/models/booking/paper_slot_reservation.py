import logging

import psycopg2
from odoo import api, fields, models

from ...exceptions import SlotTakenError

_logger = logging.getLogger(__name__)
EXCLUSION = "paper_slot_reservation_no_two"
# Slots of one order may lie on each other: a change that is evaluated beside what stands.
HOLDER = "COALESCE(CASE WHEN kind = 'promise' THEN order_id END, -id)"
TAKES = "is_exclusive AND state IN ('held', 'firm') AND kind IN ('promise', 'run')"
# What a mill promised twice before the rule came.
CLASHES = """UPDATE paper_slot_reservation slot SET is_exclusive = FALSE
              WHERE is_exclusive AND state IN ('held', 'firm') AND kind = 'promise' AND EXISTS (
                    SELECT FROM paper_slot_reservation AS other
                     WHERE other.workcenter_id = slot.workcenter_id AND other.id < slot.id AND other.order_id != slot.order_id
                       AND other.is_exclusive AND other.state IN ('held', 'firm') AND other.kind = 'promise'
                       AND tsrange(other.date_from, other.date_to) && tsrange(slot.date_from, slot.date_to))"""
RULE = f"""ALTER TABLE paper_slot_reservation ADD CONSTRAINT {EXCLUSION} EXCLUDE USING gist (
             workcenter_id WITH =, ({HOLDER}) WITH <>, tsrange(date_from, date_to) WITH &&) WHERE ({TAKES})"""


class PaperSlotReservation(models.Model):
    """Work orders and maintenance stand in the same list as what is promised. Of promises and of work that has not begun no two
    of different holders take the same hour of a machine: PostgreSQL refuses the second (``btree_gist``); where that extension
    cannot be installed, the lock on the machine's plan and the look before each booking alone see to it.

    Maintenance is no rival: a run waits for its end and goes on, so that both may span the same hours.
    """

    _inherit = "paper.slot.reservation"

    kind = fields.Selection(
        [("promise", "Promised"), ("run", "Work Order"), ("maintenance", "Machine Closed")],
        required=True,
        default="promise",
    )
    leave_id = fields.Many2one("resource.calendar.leaves", string="Hours", ondelete="cascade", index="btree_not_null")
    workorder_id = fields.Many2one("mrp.workorder", string="Work Order", ondelete="cascade", index="btree_not_null")
    is_exclusive = fields.Boolean(
        string="Nobody Else's",
        default=True,
        help="Off for work orders that stood on hours of another one already when this rule came.",
    )

    _promise_has_order = models.Constraint(
        "CHECK(kind != 'promise' OR order_id IS NOT NULL)", "Promised hours are those of an order."
    )

    def init(self):
        result = super().init()
        self._make_exclusion()
        return result

    @api.model
    def _make_exclusion(self):
        """Let PostgreSQL refuse two slots on the same hours; what clashes already is left as it is.

        :return: whether it does
        """
        cr = self.env.cr
        if self._has_exclusion():
            return True
        try:
            with cr.savepoint(flush=False):
                cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist", log_exceptions=False)
                cr.execute(CLASHES, log_exceptions=False)
                cr.execute(RULE, log_exceptions=False)
        except psycopg2.Error as error:
            _logger.info(
                "PostgreSQL does not keep slots of machines apart (%s). Bookings are checked under a lock instead; to have both, "
                "let a superuser run CREATE EXTENSION btree_gist in this database and upgrade paper_capacity.",
                str(error).strip(),
            )
            return False
        return True

    @api.model
    def _has_exclusion(self):
        self.env.cr.execute("SELECT FROM pg_constraint WHERE conname = %s AND contype = 'x'", [EXCLUSION])
        return bool(self.env.cr.rowcount)

    def _holder_name(self):
        """Return who has the slot, as people call it."""
        self.ensure_one()
        # sudo: whoever may see the slot may see whose it is
        slot = self.sudo()
        return slot.order_id.name or slot.workorder_id.display_name or slot.leave_id.name or ""

    @api.depends("order_id.name", "workcenter_id.name", "workorder_id")
    def _compute_display_name(self):
        for slot in self:
            slot.display_name = f"{slot._holder_name()} {slot.workcenter_id.name or ''}".strip()

    @api.model
    def _let_go_expired(self, centres):
        """Let go of what was held too long on these machines, before others take the hours."""
        late = [("workcenter_id", "in", centres.ids), ("state", "=", "held"), ("expires_on", "<=", fields.Datetime.now())]
        self.search(late)._release("expired")

    # What work orders and closures take

    @api.model
    def _mirror(self, leaves, check=True):
        """Bring the list in line with hours of machines: those of work orders, and those in which a machine is closed.

        :param check: False where the plan was read under its lock
        :raises SlotTakenError: where a work order is put on hours that somebody else has
        """
        known = {slot.leave_id: slot for slot in self.search([("leave_id", "in", leaves.ids)])}
        # Work that has begun is no rival, whenever it ends: nothing has to be looked up for it.
        begun = {leave for leave, slot in known.items() if slot.kind == "run" and slot.state == "used"}
        leaves = leaves.filtered(lambda leave: leave not in begun)
        centres = self.env["mrp.workcenter"].search([("resource_id", "in", leaves.resource_id.ids)])
        if not centres:
            return
        by_resource = {centre.resource_id: centre for centre in centres}
        works = {work.leave_id: work for work in self.env["mrp.workorder"].search([("leave_id", "in", leaves.ids)])}
        new = []
        for leave in leaves.filtered(lambda rec: rec.resource_id in by_resource):
            work = works.get(leave, self.env["mrp.workorder"])
            values = self._prepare_mirror(leave, by_resource[leave.resource_id], work)
            if not values:
                continue
            if check and values["kind"] == "run" and values["state"] == "firm":
                self._check_run(values, leave)
            if leave in known:
                known[leave]._by_step().write(values)
                known[leave].flush_recordset()
            else:
                new.append(values)
        self._by_step().create(new)

    @api.model
    def _prepare_mirror(self, leave, centre, work):
        if leave.time_type == "other" and not work:
            return None
        begun = leave.time_type == "other" and work.state not in ("blocked", "ready")
        return {
            "kind": "run" if leave.time_type == "other" else "maintenance",
            "leave_id": leave.id,
            "workorder_id": work.id,
            "product_id": work.product_id.id,
            "operation_id": work.operation_id.id,
            "workcenter_id": centre.id,
            "company_id": (centre.company_id or leave.company_id or self.env.company).id,
            "date_from": leave.date_from,
            "date_to": leave.date_to,
            "hours": work.duration_expected / 60 if work else 0.0,
            "state": "used" if begun else "firm",
        }

    @api.model
    def _check_run(self, values, leave):
        """Refuse to put work on hours that another work order or another order has.

        :raises SlotTakenError: naming the machine, the time and who has it
        """
        centre = self.env["mrp.workcenter"].browse(values["workcenter_id"])
        centre._paper_lock_plan()
        self._let_go_expired(centre)
        other = self.search(
            [
                ("workcenter_id", "=", centre.id),
                ("state", "in", ("held", "firm")),
                ("kind", "in", ("promise", "run")),
                ("is_exclusive", "=", True),
                ("date_to", ">", values["date_from"]),
                ("date_from", "<", values["date_to"]),
                "|",
                ("leave_id", "=", False),
                ("leave_id", "!=", leave.id),
            ],
            limit=1,
        )
        if other:
            raise SlotTakenError(
                self.env._(
                    "%(workcenter)s has %(holder)s from %(start)s to %(stop)s: no second work order runs in the same hours.",
                    workcenter=centre.name,
                    holder=other._holder_name(),
                    start=self._local(other.date_from),
                    stop=self._local(other.date_to),
                ),
                action=self.env["paper.way.out"]._lead_to(other.workorder_id.production_id or other.order_id),
            )

    @api.model
    def _mirror_all(self):
        """Take up the work orders and closures of a mill that was there before the list; what clashes stays as it is."""
        now = fields.Datetime.now()
        centres = self.env["mrp.workcenter"].with_context(active_test=False).search([])
        leaves = self.env["resource.calendar.leaves"].search(
            [("resource_id", "in", centres.resource_id.ids), ("date_to", ">", now)], order="date_from, id"
        )
        leaves -= self.search([("leave_id", "in", leaves.ids)]).leave_id
        works = {work.leave_id: work for work in self.env["mrp.workorder"].search([("leave_id", "in", leaves.ids)])}
        by_resource = {centre.resource_id: centre for centre in centres}
        promised = self.search([("state", "in", ("held", "firm")), ("kind", "=", "promise"), ("date_to", ">", now)])
        taken = {}
        for slot in promised:
            taken.setdefault(slot.workcenter_id.id, []).append((slot.date_from, slot.date_to))
        new = []
        for leave in leaves:
            work = works.get(leave, self.env["mrp.workorder"])
            values = self._prepare_mirror(leave, by_resource[leave.resource_id], work)
            if values and values["kind"] == "run":
                spans = taken.setdefault(values["workcenter_id"], [])
                begin, end = values["date_from"], values["date_to"]
                values["is_exclusive"] = not any(start < end and begin < stop for start, stop in spans)
                if values["state"] == "firm":
                    spans.append((begin, end))
            if values:
                new.append(values)
        self._by_step().create(new)
