from collections import defaultdict

from odoo import api, fields, models

from ...exceptions import SlotRefusedError, SlotTakenError
from ...lib.moments import to_seconds

ALIVE = ("held", "firm")


class PaperSlotReservation(models.Model):
    """Hours of a machine that somebody has a claim on. Those of an order are held until an expiry date; firm with the contract,
    that is when the order is confirmed; used when its work order takes the place. They fall away when the order is cancelled,
    when whoever holds them lets go, or when they expire. Kept by the steps of what plans the order alone (R3.3.2).
    """

    _name = "paper.slot.reservation"
    _description = "Reserved Slot of a Work Center"
    _inherit = ["paper.step.mixin"]
    _order = "date_from, id"
    _check_company_auto = True

    # Order, contract and plan move it, whoever takes their steps; production planning gives back.
    _steps = {
        "held": {"firm": (), "used": (), "released": (), "expired": ()},
        "firm": {"used": (), "released": ()},
        "used": {"firm": (), "released": ()},
    }
    _state_error = SlotRefusedError
    _field_error = SlotRefusedError
    _evidence_states = ()  # what is held for an order is planned anew all the time
    _all_by_steps = True

    order_id = fields.Many2one("sale.order", ondelete="cascade", index=True)
    line_id = fields.Many2one("sale.order.line", string="Order Line", ondelete="cascade", index=True)
    company_id = fields.Many2one("res.company", required=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", string="Customer")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center", required=True, ondelete="cascade")
    operation_id = fields.Many2one("mrp.routing.workcenter", ondelete="set null")
    product_id = fields.Many2one("product.product", string="Product", ondelete="cascade", index=True)
    date_from = fields.Datetime(string="Begins", required=True)
    date_to = fields.Datetime(string="Ends", required=True)
    hours = fields.Float(string="Machine Hours", help="Working hours in it; nights and days off do not count.")
    state = fields.Selection(
        [
            ("held", "Held"),
            ("firm", "Firm"),
            ("used", "Planned as Work Order"),
            ("released", "Released"),
            ("expired", "Expired"),
        ],
        required=True,
        default="held",
    )
    expires_on = fields.Datetime(help="A held slot is free again from then on. Empty: it does not expire.")

    _plan = models.Index("(workcenter_id, date_to) WHERE state IN ('held', 'firm')")
    _expiry = models.Index("(expires_on) WHERE state = 'held'")
    _ends_after = models.Constraint("CHECK(date_to >= date_from)", "A slot cannot end before it begins.")

    def _is_alive(self):
        """Say whether the slot is taken; an expiry that the cron has not seen yet counts."""
        self.ensure_one()
        if self.state == "held" and self.expires_on and self.expires_on <= fields.Datetime.now():
            return False
        return self.state in ALIVE

    def _refuse_hand(self, names):
        self.check_access("write" if self else "create")
        return super()._refuse_hand(names)

    # Life: every step on any number of slots with a constant number of queries

    def _release(self, state="released"):
        """Give slots back to the plan."""
        live = self.filtered(lambda slot: slot.state in ALIVE)
        if live:
            live._take_step(state)
            live.flush_recordset(["state"])  # who comes next finds them free in the database as well

    def _make_firm(self):
        """Keep the slots for good: the order has its contract."""
        held = self.filtered(lambda slot: slot.state == "held" and slot._is_alive())
        if held:
            held._take_step("firm", expires_on=False)

    def _give_back(self):
        """Make slots firm again whose work orders are taken out of the plan; those that somebody else has by now are lost."""
        used = self.filtered(lambda slot: slot.state == "used" and slot.date_to > fields.Datetime.now())
        if not used:
            return
        centres = used.workcenter_id
        centres._paper_lock_plan()
        taken = self._taken_slots(centres, [slot._prepare_claim() for slot in used])
        free = used.filtered(
            lambda slot: all(
                stop <= slot.date_from or slot.date_to <= start for start, stop, _holder in taken.get(slot.workcenter_id.id, ())
            )
        )
        free._take_step("firm")
        (used - free)._take_step("released")

    def _prepare_claim(self):
        self.ensure_one()
        return {"order_id": self.order_id.id, "date_from": self.date_from, "date_to": self.date_to}

    def _prolong(self, expires_on):
        held = self.filtered(lambda slot: slot.state == "held")
        if held:
            held._by_step().write({"expires_on": expires_on})

    @api.model
    def _cron_expire(self):
        """Let go of what was held too long, and of firm slots that the clock has passed."""
        now = fields.Datetime.now()
        expired = self.search([("state", "=", "held"), ("expires_on", "<=", now)])
        expired._release("expired")
        self.search([("kind", "!=", "run"), ("state", "=", "firm"), ("date_to", "<=", now)])._release("used")
        for order in expired.order_id:
            order.message_post(body=self.env._("The machine hours that were held for this order are free again."))

    def action_release(self):
        """Give slots back by hand.

        :raises SlotRefusedError: for anybody but production planning, or where the order has its contract
        """
        self._check_planner()
        if any(slot.state == "firm" for slot in self):
            raise SlotRefusedError(self.env._("A firm slot belongs to a confirmed order; plan its work orders."))
        self._release()

    def _check_planner(self):
        if not self.env.user.has_group("paper_base.group_planning"):
            raise SlotRefusedError(self.env._("Production planning keeps the reserved slots."))
        self.check_access("read")

    # Taking slots

    @api.model
    def _reserve(self, vals_list, check=True):
        """Take slots, unless somebody else has a machine in one of them.

        :param vals_list: values as :meth:`create` takes them, each with workcenter_id, date_from and date_to
        :param check: False right after the plan was read: the lock sees to it that it did not change since
        :raises SlotTakenError: naming the machine, the time and who has it
        """
        if not vals_list:
            return self.browse()
        centres = self.env["mrp.workcenter"].browse({vals["workcenter_id"] for vals in vals_list})
        centres._paper_lock_plan()
        self._let_go_expired(centres)
        if check:
            self._check_free(centres, vals_list)
        return self._by_step().create(vals_list)

    @api.model
    def _check_free(self, centres, vals_list):
        taken, now = self._taken_slots(centres, vals_list), fields.Datetime.now()
        for vals in vals_list:
            if vals["date_to"] <= now:
                raise SlotTakenError(self.env._("The machine hours of these figures have gone by. Take the figures again."))
            for start, stop, holder in taken.get(vals["workcenter_id"], ()):
                if start < vals["date_to"] and vals["date_from"] < stop:
                    raise SlotTakenError(
                        self.env._(
                            "%(workcenter)s was taken in the meantime, from %(start)s to %(stop)s (%(holder)s). Take the "
                            "figures again for the next slot.",
                            workcenter=centres.browse(vals["workcenter_id"]).name,
                            start=self._local(start),
                            stop=self._local(stop),
                            holder=holder,
                        )
                    )

    @api.model
    def _taken_slots(self, centres, vals_list):
        """Return ``{work centre id: [(start, stop, who has it)]}`` of other orders and of work orders."""
        first = min(vals["date_from"] for vals in vals_list)
        last = max(vals["date_to"] for vals in vals_list)
        meets = [("date_to", ">", first), ("date_from", "<", last)]
        orders = [vals["order_id"] for vals in vals_list]
        others = self.search(
            [
                ("workcenter_id", "in", centres.ids),
                ("kind", "=", "promise"),
                ("state", "in", ALIVE),
                ("order_id", "not in", orders),
                *meets,
            ]
        ).filtered(lambda slot: slot._is_alive())
        booked = [("resource_id", "in", centres.resource_id.ids), ("time_type", "=", "other")]
        by_resource, taken = {centre.resource_id: centre for centre in centres}, defaultdict(list)
        for slot in others:
            taken[slot.workcenter_id.id].append((slot.date_from, slot.date_to, slot.order_id.name))
        for leave in self.env["resource.calendar.leaves"].search(booked + meets):
            taken[by_resource[leave.resource_id].id].append((leave.date_from, leave.date_to, leave.name or ""))
        return taken

    def _paper_spans(self):
        """Return [(work centre id, start, stop)] of these slots, in seconds."""
        return [(slot.workcenter_id.id, to_seconds(slot.date_from), to_seconds(slot.date_to)) for slot in self]

    def _local(self, moment):
        zone = self.env.company.sudo().resource_calendar_id.tz or "UTC"  # sudo: only the time zone is read
        return fields.Datetime.to_string(fields.Datetime.context_timestamp(self.with_context(tz=zone), moment))[:16]
