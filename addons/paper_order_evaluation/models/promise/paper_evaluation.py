from datetime import date

from odoo import api, fields, models


class PaperEvaluation(models.Model):
    """The date that can be promised, and why no earlier one can: machines, materials, development and the way to the
    customer, joined. The promise stands on the evaluation, and its slots are held (R3.3.2).
    """

    _inherit = "paper.evaluation"

    promise_date = fields.Date(
        string="Promise Date",
        help="When the whole order can be with the customer, by the plan as it was when the figures were taken.",
    )
    bottleneck_id = fields.Many2one("mrp.workcenter", string="Bottleneck", check_company=True)
    promise_late = fields.Boolean(string="Later than Asked")
    reservation_ids = fields.One2many("paper.slot.reservation", "evaluation_id", string="Reserved Slots")
    slots_held_until = fields.Datetime(compute="_compute_slots_held_until", help="Until then the machine hours are held.")
    can_hold_slots = fields.Boolean(compute="_compute_can_steps")

    # What other dimensions know of the time

    def _line_waits(self, netted):
        """Return what each line waits for before its first operation: materials that are not there yet, and development.

        Override to add: call ``super()``, append, return.

        :param netted: what :meth:`_net_orders` gives
        :return: ``{sale.order.line: [{"kind", "date", "what"}]}`` with every paper line as a key: ``kind`` is ``receipt``,
            ``purchase``, ``unknown`` or ``development``, ``date`` the day on which it is there (work begins on the next;
            None where nobody knows), ``what`` its name
        """
        offers = self._find_offers({evaluation: evaluation._merge_needs(netted["nets"]) for evaluation in self})
        developed = self._asked_orders().order_line._development_ready_days()
        waits = {}
        for evaluation in self:
            today = evaluation.company_id._paper_today()
            for line in evaluation._paper_lines():
                waits[line] = found = []
                row = evaluation._line_ready(line, netted["nets"][line], offers[evaluation.company_id])
                ready = fields.Date.to_date(row["ready"])
                if row["by"] == "unknown" or (ready and ready > today):
                    found.append({"kind": row["by"], "date": ready, "what": row["material"]})
                if line in developed:
                    found.append({"kind": "development", "date": developed[line][0], "what": developed[line][1].name})
        return waits

    def _slot_expiry(self):
        """Return until when a slot that is held now is held: the end of that many working days."""
        self.ensure_one()
        company = self.company_id
        day = company._paper_add_working_days(company._paper_today(), company.paper_reservation_days)
        return fields.Datetime.end_of(fields.Datetime.to_datetime(day), "day")

    def _compute_slots_held_until(self):
        for evaluation in self:
            evaluation.slots_held_until = evaluation._held_until()

    def _held_until(self):
        held = self.reservation_ids.filtered(lambda slot: slot._is_alive())
        return min((slot.expires_on for slot in held if slot.expires_on), default=False)

    @api.depends("reservation_ids.state", "reservation_ids.expires_on")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _keep_plan(self):
        """Keep promise, ways out and slots of the figures that were just taken. Of an opinion that stands from an earlier
        revision of the order the promise goes over to this one; its slots did so when it was carried over."""
        pending = self._pending_capacity()
        pending._keep_computed_remedies()
        carried = self.opinion_ids.filtered(lambda rec: rec.dimension == "capacity" and rec.carried_from_id)
        for opinion in pending | carried:
            chosen = opinion._remedies().filtered("chosen")[:1]
            values = opinion.evaluation_id._prepare_promise_values(opinion.evidence or {})
            if chosen.date_after:
                values.update(promise_date=chosen.date_after, promise_late=not chosen.in_time)
            opinion.evaluation_id._by_step().write(values)
        pending.evaluation_id._hold_slots({opinion.evaluation_id: opinion._slots_to_hold() for opinion in pending})

    def _pending_capacity(self):
        return self.opinion_ids.filtered(lambda rec: rec.dimension == "capacity" and rec.state == "pending")

    def _prepare_promise_values(self, facts):
        promise = facts.get("promise")
        return {
            "promise_date": date.fromisoformat(promise) if promise else False,
            "promise_late": bool(facts.get("late")),
            "bottleneck_id": (facts.get("bottleneck") or {}).get("id", False),
        }

    def _line_promises(self):
        """Return the day on which each line can be with the customer, by the plan or the way out that was chosen:
        ``{sale.order.line: date}``, without the lines for which no day is known."""
        self.ensure_one()
        capacity = self.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        days = {str(row["line"]): row.get("promise") for row in (capacity.evidence or {}).get("lines", ())}
        chosen = capacity._remedies().filtered("chosen")[:1]
        if chosen.date_after:
            known = (chosen.details or {}).get("lines") or {}
            days = {line: known.get(line) or fields.Date.to_string(chosen.date_after) for line in days}
        return {line: date.fromisoformat(days[key]) for line in self._paper_lines() if days.get(key := str(line._origin.id))}

    def _promise_lines(self):
        """Write what the mill promises of each line that passed, and take back what it promised of those that did not."""
        promised = {}
        for evaluation in self.filtered(lambda rec: not rec._is_ahead()):
            days = evaluation._line_promises() if evaluation._is_passed() else {}
            for line in evaluation._paper_lines():
                moment = line._paper_at_hour(days[line]) if line in days else False
                promised.setdefault(moment, self.env["sale.order.line"])
                promised[moment] |= line
        for moment, lines in promised.items():
            lines.filtered(lambda line, moment=moment: line.paper_promised_date != moment)._by_step().write(
                {"paper_promised_date": moment}
            )

    # Slots

    def _hold_slots(self, slots, check=False):
        """Hold machine hours in place of those that the orders held before.

        :param slots: ``{evaluation: [slot as the evidence has it]}``
        :param check: look whether each is still free; needless right after the plan was read
        """
        self._replaced_slots()._release()
        vals_list = [
            evaluation._prepare_reservation_values(slot)
            for evaluation in self
            if evaluation.company_id.paper_reservation_days
            for slot in slots[evaluation]
        ]
        self.env["paper.slot.reservation"]._reserve(vals_list, check=check)
        self.order_id.filtered(lambda order: order.state == "sale")._paper_hand_over_slots()

    def _replaced_slots(self):
        """Return the slots in whose place these evaluations hold theirs: all of their orders, or, before the order has
        the terms that are evaluated, their own."""
        ahead = self.filtered(lambda rec: rec._is_ahead())
        return (self - ahead).order_id.paper_reservation_ids | ahead.reservation_ids

    def _prepare_reservation_values(self, slot):
        self.ensure_one()
        confirmed = self.order_id.state == "sale" and not self._is_ahead()
        return {
            "evaluation_id": self.id,
            "order_id": self.order_id.id,
            "line_id": slot["line"],
            "company_id": self.company_id.id,
            "workcenter_id": slot["workcenter"],
            "operation_id": slot["operation"],
            "product_id": slot["product"],
            "date_from": fields.Datetime.to_datetime(slot["from"]),
            "date_to": fields.Datetime.to_datetime(slot["to"]),
            "hours": slot["hours"],
            "state": "firm" if confirmed else "held",
            "expires_on": False if confirmed else self._slot_expiry(),
        }

    def action_hold_slots(self):
        """Hold the machine hours of the figures again, after they expired or were given back.

        :raises SlotRefusedError: for anybody but production planning
        :raises EvaluationRefusedError: where the evaluation is over
        :raises SlotTakenError: where another order has them in the meantime
        """
        self.env["paper.slot.reservation"]._check_planner()
        self.check_access("read")
        self._check_act("hold_slots")
        evaluations = self.sudo()  # sudo: slots are kept by the evaluation's own steps alone
        opinions = evaluations.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
        evaluations._hold_slots({rec.evaluation_id: rec._slots_to_hold() for rec in opinions}, check=True)

    def action_open_slots(self):
        """Open the slots that the order has, or had."""
        self.ensure_one()
        return self.order_id.paper_reservation_ids._get_records_action(name=self.env._("Reserved Slots"))

    def action_open_plan(self):
        """Open the plan of the machines where the order's slots begin; they stand out in it."""
        self.ensure_one()
        first = min(self.order_id.paper_reservation_ids.filtered(lambda slot: slot._is_alive()).mapped("date_from"), default=None)
        action = self.env["ir.actions.client"]._for_xml_id("paper_capacity.action_paper_machine_plan")
        params = {"order_id": self.order_id.id, "date_from": first and fields.Date.to_string(first)}
        return {**action, "params": params}

    def _settle_slots(self):
        """Give the machine hours of what failed back, and hold those of what passed on."""
        failed = self.filtered(lambda evaluation: evaluation.state == "failed")
        failed.reservation_ids._release()
        for evaluation in self - failed:
            evaluation.reservation_ids._prolong(evaluation._slot_expiry())
