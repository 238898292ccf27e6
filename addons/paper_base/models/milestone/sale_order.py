from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ...lib.progress import stage_state, stage_weights

SALES = "paper_base.group_sales"
SHORT = "short"  # what sales are told of, see res.company._paper_tell
MILESTONE_STATES = ("todo", "current", "paused", "late", "failed", "short", "done", "skipped")
# Somebody has the order: no step after it is taken up yet.
OPEN_STATES = ("current", "late", "paused", "failed", "short")
PASSED_STATES = ("done", "skipped")


class SaleOrder(models.Model):
    """Where an order stands on its way through the regulation, told live to whoever has it open (R4.2.2)."""

    _inherit = "sale.order"

    paper_timeline = fields.Json(compute="_compute_paper_timeline", groups="base.group_user")
    paper_next_step = fields.Char(string="Next Step", compute="_compute_paper_next_step", groups="base.group_user")
    paper_next_owner = fields.Char(string="Who Has It", compute="_compute_paper_next_step", groups="base.group_user")
    paper_next_deadline = fields.Date(
        string="Until", compute="_compute_paper_next_step", groups="base.group_user"
    )

    def _get_milestones(self):
        """List the steps of the regulation that each order walks through.

        Override to add: call ``super()``, append results of :meth:`_paper_milestone` to each order's list
        and return; the order of the list does not matter. Read records through relational fields of ``self``.

        :return: ``{order: [milestone, …]}`` with every order of ``self`` as a key
        """
        _ = self.env._
        milestones = {order: [] for order in self}
        for order in self:
            milestones[order] += [
                self._paper_milestone("received", _("Order received"), "done", date=order.create_date, clause="R3.1.1"),
                self._paper_milestone(
                    "confirmed",
                    _("Order confirmed"),
                    "done" if order.state == "sale" else "failed" if order.state == "cancel" else "todo",
                    date=order.date_order if order.state == "sale" else None,
                    user=order.user_id,
                    department="sales",
                    clause="R4.2.2",
                ),
            ]
        return milestones

    @api.model
    def _paper_stages(self):
        """Return ``[(code, name)]`` of the regulation's way of an order; the name is what an order that waits there waits for.

        A step that no installed addon reports is not shown. Override to put a step of your own at its place; a step that
        is in no addon's list comes last, under the name that its milestone has.
        """
        _ = self.env._
        stages = {
            "received": _("Entry"),
            "complete": _("Completion"),
            "credit": _("Credit Review"),
            "evaluated": _("Evaluation"),
            "contract": _("Contract Draft"),
            "legal": _("Legal Review"),
            "signed": _("Signature"),
            "confirmed": _("Confirmation"),
            "planned": _("Planning"),
            "produced": _("Production"),
            "inspected": _("Final Inspection"),
            "stocked": _("Stock Entry"),
            "notified": _("Dispatch Notice"),
            "dispatched": _("Dispatch"),
            "delivered": _("Delivery"),
            "visited": _("Quality Visit"),
            "settled": _("Feedback"),
        }
        return list(stages.items())

    @api.model
    def _paper_milestone(
        self, code, name, state, date=None, deadline=None, owner=None, clause=None, internal=False, user=None, department=None
    ):
        """Return one milestone.

        :param code: one of :meth:`_paper_stages`; any other one comes last
        :param name: what is done, in the user's language
        :param state: todo, current (somebody works on it), paused (the customer has the ball), late, failed,
            short (less than ordered came of it, and the rest was given up), done or skipped
        :param date: date or datetime when it was done
        :param deadline: date by which it is due
        :param owner: name of who has it, where it is neither a user nor a department
        :param user: ``res.users``, the person who has it
        :param department: department that has it, name of a group of paper_base without its ``group_``
        :param internal: True hides it from the customer
        """
        return {
            "code": code,
            "name": name,
            "state": state,
            "date": fields.Date.to_date(date) if date else None,
            "deadline": fields.Date.to_date(deadline) if deadline else None,
            "owner": owner or (user and user.name) or self._department_name(department),
            "user": user or self.env["res.users"],
            "department": department or "",
            "clause": clause or "",
            "internal": internal,
            "progress": [],
        }

    @api.model
    def _department_name(self, department):
        # sudo: only the name of the department is shown
        return self.env["res.groups"].sudo().browse(self._department_id(department)).name if department else ""

    @api.model
    def _department_id(self, department):
        # Not by env.ref, which asks the database each time whether the group is still there.
        return self.env["ir.model.data"]._xmlid_to_res_id(f"paper_base.group_{department}") if department else None

    @api.model
    def _paper_clock_milestone_state(self, clock, done):
        """Return the state of a milestone whose work a record with a clock stands for.

        :param clock: record of a model with ``paper.deadline.mixin``, or empty
        :param done: True once the step is passed
        """
        if done:
            return "done"
        states = {"running": "current", "late": "late", "paused": "paused"}
        return states.get(clock.deadline_state, "todo") if clock else "todo"

    def _get_sorted_milestones(self, for_customer=False):
        """Return each order's milestones in the regulation's order, the next one marked as current."""
        result = {}
        place = {code: number for number, (code, _name) in enumerate(self._paper_stages())}
        last = len(place)  # a step that no stage was named for
        for order, milestones in self._get_milestones().items():
            shown = [item for item in milestones if not (for_customer and item["internal"])]
            shown.sort(key=lambda item: place.get(item["code"], last))
            for item in shown:
                if item["code"] in order._paper_type_rule("skipped"):
                    item.update(state="skipped", date=None, deadline=None, owner="", department="", user=self.env["res.users"])
            step = self._paper_step_ahead(shown) if order.state != "cancel" else None
            if step and step["state"] == "todo":
                step["state"] = "current"
            if step and not step["deadline"] and not for_customer:
                step["deadline"] = order._day_to_be_kept(step["code"])
            result[order] = shown
        return result

    def _day_to_be_kept(self, stage):
        """Return the day by which a step without a deadline of its own has to be over: the first on which paper is due.

        Once the paper has left, that day tells nothing: None then, and where the customer named none.
        """
        self.ensure_one()
        if stage not in self._stages_before_dispatch():
            return None
        lines = self.order_line.filtered(lambda line: not line.display_type)
        return min(filter(None, (line._paper_delivery_day() for line in lines)), default=None)

    @api.model
    def _paper_step_ahead(self, milestones):
        """Return the step that an order waits for, None where nothing is left.

        Until it is confirmed that is what somebody has, else the first step not passed. A confirmed order goes on in
        turn, whatever has been prepared already: nothing is announced before it is made.

        :param milestones: of one order, in the regulation's order
        """
        confirmed = [place for place, item in enumerate(milestones) if item["code"] == "confirmed" and item["state"] == "done"]
        passed = confirmed[0] + 1 if confirmed else len(milestones)
        held = [item for item in milestones[:passed] if item["state"] in OPEN_STATES]
        if held:
            return held[0]
        left = milestones[passed:] if confirmed else milestones
        return next((item for item in left if item["state"] not in PASSED_STATES), None)

    def _get_steps_ahead(self):
        """Return ``{order: the step that it waits for}``, None where nothing is left and for a cancelled order."""
        return self._steps_ahead_of(self._get_sorted_milestones())

    @api.model
    def _steps_ahead_of(self, milestones):
        """Return the same by the milestones of orders, ``{order: [milestone, …]}`` in the regulation's order."""
        return {
            order: self._paper_step_ahead(items) if order.state != "cancel" else None for order, items in milestones.items()
        }

    def _get_portal_milestones(self):
        """Return the milestones that the customer follows in the portal, with their dates written out."""
        self.ensure_one()
        return self._format_milestones(self._get_sorted_milestones(for_customer=True)[self])

    def _format_milestones(self, milestones):
        states, company = self._milestone_state_names(), self.company_id[:1] or self.env.company
        return [
            {
                **{key: value for key, value in item.items() if key not in ("user", "department", "progress")},
                "date": company._paper_date(item["date"]),
                "deadline": company._paper_date(item["deadline"]),
                "percent": self._reached_percent(item),
                "due": self.env._("until %(date)s", date=company._paper_date(item["deadline"])) if item["deadline"] else "",
                "state_name": states[item["state"]],
            }
            for item in milestones
        ]

    @api.model
    def _reached_percent(self, milestone):
        """Return how much of the ordered weight has come through a stage that goes on, None where no weight does."""
        reached, ordered = stage_weights(milestone["progress"])
        is_open = milestone["state"] in OPEN_STATES
        return min(round(100 * reached / ordered), 100) if is_open and ordered else None

    @api.model
    def _milestone_state_names(self):
        _ = self.env._
        return {
            "todo": _("Waiting"),
            "current": _("In progress"),
            "paused": _("With the customer"),
            "late": _("Late"),
            "failed": _("Not passed"),
            "short": _("Less than ordered"),
            "done": _("Done"),
            "skipped": _("Not needed"),
        }

    @api.depends_context("lang", "uid")
    @api.depends("state", "order_line.paper_spec_id")
    def _compute_paper_timeline(self):
        paper_orders = self.filtered("is_paper_order")
        timelines = paper_orders._prepare_timelines()
        for order in self:
            order.paper_timeline = timelines.get(order, False)

    def _prepare_timelines(self):
        """Return what the form of each order draws: milestones, and the blockers of each step not yet taken.

        :return: ``{order: {"milestones": […], "blockers": […]}}``
        """
        orders = self.sudo()  # sudo: each department sees the order's status live (R4.2.2), not its records
        milestones = orders._get_sorted_milestones()
        open_steps = {order: order._paper_open_steps() for order in orders}
        blockers = {order: [] for order in orders}
        for step in self._paper_steps():
            asked = orders.filtered(lambda order, step=step: step in open_steps[order])
            for order, found in asked._format_blockers(step).items():
                blockers[order] += found
        return {
            order: {
                # sudo: each department needs the status found above, which is kept by the same orders
                "milestones": self._format_milestones(milestones[order.sudo()]),
                "blockers": blockers[order.sudo()],
            }
            for order in self
        }

    def _paper_open_steps(self):
        """Return the steps whose blockers matter now. Override to add the steps after confirmation."""
        self.ensure_one()
        if self.state not in ("draft", "sent"):
            return []
        contracted = self._paper_type_rule("contract") == "own"
        return ["evaluate", "contract", "confirm"] if contracted else ["evaluate", "confirm"]

    def _format_blockers(self, step):
        overridden = {(record.order_id, record.code) for record in self.paper_override_ids if record.step == step}
        step_name = self._paper_steps()[step]
        return {
            order: [
                {
                    "step": step,
                    "step_name": step_name,
                    "code": item["code"],
                    "message": item["message"],
                    "action": self.env["paper.way.out"]._offered(item["action"]),
                    "label": item["label"],
                    "overridden": (order, item["code"]) in overridden,
                    "can_override": bool(item["role"] and self.env.user.has_group(item["role"])),
                }
                for item in found
            ]
            for order, found in (self._get_blockers(step) if self else {}).items()
        }

    @api.depends_context("lang", "uid")
    @api.depends("paper_stage", "paper_stage_user_id", "paper_stage_department_id", "paper_stage_ball", "partner_id")
    def _compute_paper_next_step(self):
        """Say in words where the order stands, as it is stored when the transaction ends."""
        names = dict(self._paper_stages())
        # sudo: each department sees the order's status live (R4.2.2): who has it, and the customer's name
        system = self.sudo()
        (system.paper_stage_user_id.partner_id | system.partner_id).mapped("name")  # read at once
        for order, known in zip(self, system, strict=True):
            waits = known.paper_stage not in (False, "closed")
            holder = known.partner_id if known.paper_stage_ball else known.paper_stage_user_id or known.paper_stage_department_id
            order.paper_next_step = names.get(known.paper_stage) or (known._paper_step_ahead_name() if waits else "")
            order.paper_next_owner = (waits and holder.name) or ""
            order.paper_next_deadline = waits and known.paper_stage_deadline

    def _paper_step_ahead_name(self):
        """Return the name that an addon gave the step ahead, where it named no stage for it."""
        step = self._get_steps_ahead()[self]
        return step["name"] if step else ""

    # How much of it has come through a stage

    def _paper_progress_milestone(self, code, name, progress, date=None, owner=None, **given):
        """Return the milestone of a stage that the ordered weight goes through (R5.3.3), judged line by line.

        It is done only when of every line as much has come through as was ordered, less the agreed tolerance. What was
        given up does not count: the stage is then "short", and sales have the order.

        :param progress: :class:`Progress` of each line that goes through the stage; none: nothing does
        :param date: when the last of it came through
        :param given: see :meth:`_paper_milestone`; a ``state`` stands where the weights speak of no other one
        """
        self.ensure_one()
        asked = given.pop("state", None)
        state = stage_state(progress) if self.state == "sale" else "todo"
        if (asked == "failed" and state != "done") or (asked not in (None, "todo") and state in ("todo", "current")):
            state = asked
        reached, ordered = stage_weights(progress)
        if state == "short" or (reached and state not in ("done", "skipped")) or any(line.is_beyond for line in progress):
            name = self.env._(
                "%(step)s: %(made)s of %(ordered)s kg",
                step=name,
                made=formatLang(self.env, reached, digits=0),
                ordered=formatLang(self.env, ordered, digits=0),
            )
        if state == "short":
            given.update(user=self.user_id, department="sales")
            owner = None
        milestone = self._paper_milestone(code, name, state, date=date if state == "done" else None, owner=owner, **given)
        return {**milestone, "progress": progress}

    # Sales hear of what fell short (R5.3.3)

    def _paper_weight_changed(self):
        """Have sales told, when the transaction ends, if these orders fell short: their rest was given up.

        Call it wherever making or delivering ends, or an ordered quantity changes. Only the end of the transaction
        tells whether it is so: an order that is cancelled gives up its deliveries first.
        """
        self._paper_status_changed()
        self._standing_changed(weight=True)

    def _paper_tell_short(self, milestones):
        """Tell sales which of these orders fell short, and no longer of those that did.

        :param milestones: of the orders, among others
        """
        if not self:
            return
        short = self.filtered(
            lambda order: order.state == "sale" and any(item["state"] == SHORT for item in milestones.get(order, ()))
        )
        companies = self.env["res.company"]
        companies._paper_told(self - short, SHORT)
        for company, found in short.grouped("company_id").items():
            company._paper_tell(lambda order: (order.user_id, SALES), found, lambda order: order._paper_short_words(), kind=SHORT)

    def _paper_short_words(self):
        """Return what sales have to do about what fell short, in the reader's language."""
        self.ensure_one()
        short = next(item for item in self._get_sorted_milestones()[self] if item["state"] == "short")
        return self.env._(
            "%(step)s, and the rest was given up: have it made or agree with the customer on less", step=short["name"]
        )

    # Live, for whoever has it open

    def _paper_status_changed(self):
        """Tell everybody who has one of these orders open that its status has changed (R4.2.2).

        The open form then reads the order again, without a reload. Call it wherever a record moves that a milestone or
        a blocker speaks of. It asks nothing of the database: the notices are written together when the transaction ends.
        """
        for order in self:
            self.env["bus.bus"]._sendone((order, "paper_status"), "paper_order_status", {"id": order.id})
        self._standing_changed()
