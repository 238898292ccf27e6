from odoo import api, fields, models
from odoo.addons.paper_base.lib.search import mark_index
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import (
    DispatchRightError,
    NoticeDateError,
    NoticeIncompleteError,
    NoticeLateError,
    NoticeMixedError,
    NoticeStateError,
    PlanIncompleteError,
)

_lt = LazyTranslate(__name__)

SALES = "paper_base.group_sales"
LOGISTICS = "paper_base.group_logistics"
STATES = [
    ("draft", "Draft"),
    ("issued", "Issued"),
    ("planned", "Dispatch Planned"),
    ("done", "Dispatched"),
    ("cancelled", "Cancelled"),
]
# What is announced is written by sales before, the plan by logistics after the notice is issued (R6.2.1).
ANNOUNCED = {"draft": (SALES,)}
PLANNED = {"issued": (LOGISTICS,)}


class PaperDispatchNotice(models.Model):
    """The notice that sales give logistics some days ahead of a delivery: product, specification,
    quantity, place and time (R6.2.1). Drafted from the open deliveries of an order and issued by sales,
    planned by logistics with vehicle, driver and date; done when its goods have left.
    """

    _name = "paper.dispatch.notice"
    _description = "Dispatch Notice"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin", "paper.order.mover"]
    _moves_orders = ("state", "deadline_date", "delivery_date")
    _order = "delivery_date, id"
    _check_company_auto = True

    _steps = {
        "draft": {"issued": (SALES,), "cancelled": (SALES,)},
        "issued": {"planned": (LOGISTICS,), "cancelled": (SALES,)},
        # The goods themselves bring about "done".
        "planned": {"issued": (LOGISTICS,), "done": (), "cancelled": (SALES,)},
        "done": {},
        "cancelled": {},
    }
    _step_verbs = {"plan": "planned", "cancel": "cancelled"}
    # Both lead to "issued": from the draft, and back from the plan.
    _acts = {"issue": (("draft",), (SALES,)), "replan": (("planned",), (LOGISTICS,))}
    _reason_steps = {
        "_replan": ReasonStep(_lt("Plan the Dispatch Anew"), hint=_lt("What changed: vehicle, driver or day, and why."))
    }
    _entering = {
        "issued": Entering(check="_check_issued", values="_prepare_issued_values", then="_action_issued"),
        "planned": Entering(
            check="_check_plan", values="_prepare_planned_values", then="_action_planned", by="planned_by_id"
        ),
        "done": Entering(then="_clock_stop"),
        "cancelled": Entering(then="_action_cancelled"),
    }
    # What sales are told of: an address that is another by now, a plan that was taken back.
    _told_within = ("moved_place", "replanned", "late_plan")
    _state_error = NoticeStateError
    _right_error = DispatchRightError
    _field_error = NoticeStateError
    _locked_error = NoticeStateError

    name = fields.Char(string="Number", required=True, default="/", by_steps=True, index="trigram")
    company_id = fields.Many2one(
        "res.company", required=True, default=lambda self: self.env.company, index=True, by_hand=ANNOUNCED
    )
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        by_hand=ANNOUNCED,
    )
    partner_id = fields.Many2one("res.partner", string="Deliver to", required=True, index=True, by_hand=ANNOUNCED)
    delivery_place = fields.Char(help="Where the goods are to be unloaded, as the driver needs it.", by_hand=ANNOUNCED)
    delivery_date = fields.Date(tracking=True, index=True, by_hand=ANNOUNCED)
    line_ids = fields.One2many("paper.dispatch.notice.line", "notice_id", string="Goods", by_hand=ANNOUNCED)
    picking_ids = fields.One2many("stock.picking", "paper_notice_id", string="Deliveries", by_steps=True)
    weight_kg = fields.Float(string="Weight (kg)", digits=(16, 3), compute="_compute_weight_kg", store=True)
    state = fields.Selection(STATES, required=True, default="draft", tracking=True, index=True, by_steps=True)
    is_late = fields.Boolean(compute="_compute_is_late")
    late_reason = fields.Char(
        copy=False,
        tracking=True,
        help="Why the notice comes later than the days ahead asked for.",
        by_hand=ANNOUNCED,
    )
    issued_on = fields.Datetime(by_steps=True)
    issued_by_id = fields.Many2one("res.users", string="Issued by", by_steps=True)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", check_company=True, ondelete="set null", index="btree_not_null", by_hand=PLANNED
    )
    licence_plate = fields.Char(tracking=True, by_hand=PLANNED)
    driver_name = fields.Char(string="Driver", tracking=True, by_hand=PLANNED)
    driver_phone = fields.Char(by_hand=PLANNED)
    planned_date = fields.Date(string="Leaves on", tracking=True, index=True, by_hand=PLANNED)
    planned_by_id = fields.Many2one("res.users", string="Planned by", by_steps=True)
    can_issue = fields.Boolean(compute="_compute_can_steps")
    can_plan = fields.Boolean(compute="_compute_can_steps")
    can_replan = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")

    # The search box finds them by a plate or a driver's telephone.
    _plate_mark = models.Index(mark_index("licence_plate"))
    _phone_mark = models.Index(mark_index("driver_phone"))

    @api.depends("line_ids.quantity_kg")
    def _compute_weight_kg(self):
        for notice in self:
            notice.weight_kg = sum(notice.line_ids.mapped("quantity_kg"))

    @api.depends("delivery_date", "state", "issued_on")
    def _compute_is_late(self):
        for notice in self:
            latest = notice._latest_issue()
            company = notice.company_id
            day = company._paper_day(notice.issued_on) if notice.issued_on else company._paper_today()
            notice.is_late = bool(latest and day > latest)

    @api.onchange("vehicle_id")
    def _onchange_vehicle_id(self):
        self.licence_plate = self.vehicle_id.license_plate or self.licence_plate
        self.driver_name = self.vehicle_id.driver_id.name or self.driver_name

    def _latest_issue(self):
        """Return the last day on which this notice is early enough, False without a delivery date."""
        self.ensure_one()
        if not self.delivery_date:
            return False
        company = self.company_id
        return company._paper_add_working_days(self.delivery_date, -company.paper_dispatch_notice_days)

    # Steps

    def action_issue(self, late_reason=None):
        """Give the notice to logistics (R6.2.1); sales.

        :param late_reason: why it comes later than the days ahead asked for; kept on the notice
        :raises NoticeIncompleteError: without goods, place or date
        :raises NoticeLateError: when it is late and no reason is given
        """
        self.check_access("write")
        self._check_act("issue")
        if late_reason:
            self.write({"late_reason": late_reason})
        return self._take_step("issued")

    def action_plan(
        self, vehicle_id=None, licence_plate=None, driver_name=None, driver_phone=None, planned_date=None, late_reason=None
    ):
        """Plan vehicle, driver and date of an issued notice (R6.2.1); logistics. What is left out stays as it is.

        :param vehicle_id: id of a fleet.vehicle, or none where a carrier's vehicle is named by its plate
        :param planned_date: date on which the goods leave
        :param late_reason: why that is after the delivery date, where it is; the customer is told
        :raises PlanIncompleteError: without vehicle or plate, driver or date, or where it is late without a reason
        :raises EarlyDeliveryError: well before the promised day without the customer's consent
        :raises VehicleError: where the vehicle would carry more than it may
        """
        self.check_access("write")
        self._check_step("planned")
        given = {
            "vehicle_id": vehicle_id,
            "licence_plate": licence_plate,
            "driver_name": driver_name,
            "driver_phone": driver_phone,
            "planned_date": planned_date,
            "leaves_late_reason": late_reason,
        }
        self.write({name: value for name, value in given.items() if value})
        return self._take_step("planned")

    def action_replan(self):
        """Ask why the dispatch is planned anew; logistics."""
        self._check_act("replan")
        return self._ask_reason("_replan")

    def _replan(self, reason):
        """Take the plan of these notices back, so that vehicle, driver and date can be planned anew; logistics (R6.2.1).

        The reason is kept, sales are told, and what was loaded is checked once more.
        """
        self.check_access("write")
        self._check_act("replan")
        for notice in self:
            notice.message_post(
                body=self.env._(
                    "The plan was taken back: %(plate)s, %(driver)s, %(day)s. Reason: %(reason)s",
                    plate=notice.licence_plate,
                    driver=notice.driver_name,
                    day=notice.planned_date,
                    reason=reason,
                )
            )
        # sudo: logistics plan, the loading check belongs to the delivery
        self.sudo().picking_ids._reset_loading_check()
        self._take_step("issued")
        for company, notices in self.grouped("company_id").items():
            company._paper_tell(SALES, notices, lambda notice: notice._replanned_words(reason), kind="replanned", quietly=True)
        return True

    def _replanned_words(self, reason):
        return self.env._("The dispatch is being planned anew: %(reason)s", reason=reason)

    def action_cancel(self):
        """Withdraw a notice whose goods have not left; sales."""
        self.check_access("write")
        return self._take_step("cancelled")

    def action_view_pickings(self):
        self.ensure_one()
        return self.picking_ids._get_records_action(name=self.env._("Deliveries"))

    def action_view_order(self):
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    # What speaks against a step, and what follows it

    def _check_issued(self):
        self._check_complete()
        self._check_one_place()
        drafts = self.filtered(lambda notice: notice.state == "draft")
        drafts._check_still_ahead()
        drafts._check_in_time()
        drafts._check_not_early("delivery_date")
        drafts.line_ids._check_of_order()
        drafts.line_ids._check_open_quantity()
        drafts._check_signed_place()

    def _prepare_issued_values(self):
        # Who issued it, and when, stays what it was when its plan is taken back.
        return {"issued_by_id": self.issued_by_id.id or self.env.uid, "issued_on": self.issued_on or fields.Datetime.now()}

    def _action_issued(self):
        """Put the notices before logistics, and let their clock run until the goods leave. Override to do more.

        What is not announced of a delivery waits in one of its own for the next notice.
        """
        # sudo: sales announce deliveries that they may not split
        self.sudo().picking_ids._split_off_rest()
        for company, notices in self.grouped("company_id").items():
            notices._clock_start(company.paper_dispatch_notice_days)
            for notice in notices:
                company._paper_tell(LOGISTICS, notice, notice._plan_words, deadline=notice.delivery_date)

    @staticmethod
    def _plan_words(notice):
        return notice.env._("Plan the dispatch: vehicle, driver, date")

    def _prepare_planned_values(self):
        # The plate is read from the vehicle, whoever may not open the fleet.
        vehicle = self.vehicle_id
        return {"licence_plate": self.licence_plate or vehicle.license_plate or vehicle.display_name}

    def _action_planned(self):
        """Put the packing checklist on the deliveries that were planned. Override to do more."""
        # sudo: logistics plan, the checklist belongs to the delivery
        self.sudo().picking_ids._prepare_loading()
        for notice in self.filtered(lambda rec: rec.planned_date > rec.delivery_date):
            notice._tell_late()

    def _action_cancelled(self):
        """Let the deliveries wait for another notice. Override to do more."""
        self._clock_stop()
        # sudo: sales withdraw the notice without rights on its deliveries
        pickings = self.sudo().picking_ids
        pickings._reset_loading_check()
        pickings._by_step().write({"paper_notice_id": False})

    def _check_complete(self):
        for notice in self:
            needed = {
                "line_ids": notice.line_ids,
                "delivery_place": said(notice.delivery_place),
                "delivery_date": notice.delivery_date,
            }
            missing = [notice._fields[name]._description_string(self.env) for name, value in needed.items() if not value]
            if missing:
                raise NoticeIncompleteError(
                    self.env._(
                        "Dispatch notice %(notice)s lacks: %(fields)s.", notice=notice.name, fields=", ".join(missing)
                    )
                )

    def _check_one_place(self):
        """Refuse to send one lorry to two places.

        :raises NoticeIncompleteError: naming the places
        """
        # sudo: sales announce deliveries that they may not read
        for notice in self.sudo():
            if len(notice.picking_ids._paper_delivery_places()) > 1:
                raise NoticeIncompleteError(notice.picking_ids._two_places_message())

    def _check_still_ahead(self):
        """Refuse to announce goods for a day that is over.

        :raises NoticeDateError: naming the notice and its day
        """
        for notice in self:
            if notice.delivery_date < notice.company_id._paper_today():
                raise NoticeDateError(
                    self.env._(
                        "%(notice)s announces goods for %(day)s, a day that is over. Agree another day with the customer.",
                        notice=notice.name,
                        day=notice.delivery_date,
                    )
                )

    def _check_signed_place(self):
        """Refuse to announce goods for another place than the customer signed, unless that was agreed and recorded."""
        for order, notices in self.grouped("order_id").items():
            # sudo: sales announce deliveries, whoever may read the contract
            found = order.sudo()._get_open_blockers("dispatch")[order.sudo()]
            places = [item for item in found if item["code"] == "signed_place" and item["picking_id"] in notices.picking_ids.ids]
            if places:
                raise order._blocked_error("dispatch", {order: places})

    @api.constrains("order_id", "partner_id", "company_id")
    def _check_of_order(self):
        """Refuse a notice that says it is for another customer than its order.

        :raises NoticeMixedError: naming both
        """
        for notice in self.sudo():  # sudo: the rule is the same whatever the user may read
            order = notice.order_id
            places = order.partner_id.union(*(line._paper_delivery_place() for line in order.order_line))
            if notice.partner_id not in places and notice.partner_id.commercial_partner_id not in places.commercial_partner_id:
                raise NoticeMixedError(
                    self.env._(
                        "%(partner)s is no place that %(order)s delivers to.",
                        partner=notice.partner_id.display_name,
                        order=order.name,
                    )
                )

    @api.constrains(
        "state", "vehicle_id", "licence_plate", "driver_name", "planned_date", "delivery_date", "leaves_late_reason"
    )
    def _check_plan_complete(self):
        """Hold a planned dispatch to what a plan is, whatever wrote it."""
        self.filtered(lambda notice: notice.state == "planned")._check_planned()

    def _check_in_time(self):
        for notice in self.filtered(lambda rec: rec.is_late and not said(rec.late_reason)):
            raise NoticeLateError(
                self.env._(
                    "Dispatch notice %(notice)s was due on %(latest)s, %(days)s working days before the delivery. "
                    "Write down why it is late, then issue it.",
                    notice=notice.name,
                    latest=notice._latest_issue(),
                    days=notice.company_id.paper_dispatch_notice_days,
                )
            )

    def _check_plan(self):
        self._check_planned()
        self._check_day_ahead()
        self._check_not_early("planned_date")
        self._check_capacity()

    def _check_planned(self):
        for notice in self:
            needed = {
                "licence_plate": notice.vehicle_id or notice.licence_plate,
                "driver_name": notice.driver_name,
                "planned_date": notice.planned_date,
            }
            missing = [notice._fields[name]._description_string(self.env) for name, value in needed.items() if not value]
            if missing:
                raise PlanIncompleteError(
                    self.env._(
                        "The dispatch of %(notice)s lacks: %(fields)s.", notice=notice.name, fields=", ".join(missing)
                    )
                )
            if notice.planned_date > notice.delivery_date and not said(notice.leaves_late_reason):
                raise PlanIncompleteError(
                    self.env._(
                        "%(notice)s would leave on %(planned)s, after its delivery date %(delivery)s. Write down why it "
                        "leaves late: the customer is told.",
                        notice=notice.name,
                        planned=notice.planned_date,
                        delivery=notice.delivery_date,
                    )
                )

    def _check_day_ahead(self):
        for notice in self:
            if notice.planned_date and notice.planned_date < notice.company_id._paper_today():
                raise PlanIncompleteError(
                    self.env._(
                        "%(notice)s cannot leave on %(planned)s, a day that is over.",
                        notice=notice.name,
                        planned=notice.planned_date,
                    )
                )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        notices = super().create(vals_list)
        for company, group in notices.grouped("company_id").items():
            # sudo: numbering needs no right on sequences, and the number is written by nobody
            sequence = self.env["ir.sequence"].sudo().with_company(company)
            for notice in group.sudo():
                notice._by_step().write({"name": sequence.next_by_code("paper.dispatch.notice") or "/"})
            group._clock_start(company.paper_dispatch_notice_days)
        return notices

    def write(self, vals):
        result = super().write(vals)
        if "delivery_date" in vals:
            self._clock_recompute()
        if "early_consent" in vals:
            # sudo: who recorded the consent, and when, is written by nobody
            self.sudo()._by_step().write({"early_consent_on": fields.Datetime.now(), "early_consent_by_id": self.env.uid})
        return result

    def _refuse_hand(self, names):
        groups = self._hand_groups(names[0], self[:1] or None)
        if groups:
            raise self._right_error(self._department_message(groups))
        return super()._refuse_hand(names)

    def _refused_hand_message(self, names):
        if self._by_hand(names[0]) == PLANNED:
            if self[:1].state == "planned":
                return self.env._("%(notice)s is planned: take its plan back, with a reason, to change it.", notice=self[:1].name)
            return self.env._("Only an issued dispatch notice is planned.")
        if self._by_hand(names[0]) == ANNOUNCED:
            return self.env._("What was announced stays; cancel the notice and draft another one.")
        return super()._refused_hand_message(names)

    @api.model
    def _department_message(self, groups):
        return self.env._("Only %(departments)s may do this.", departments=self._group_names(groups))

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(notice.state != "draft" for notice in self):
            raise NoticeStateError(self.env._("An issued dispatch notice is cancelled, not deleted."))

    # Clock: until it is issued the notice is due so many days ahead, then the goods are

    def _clock_deadline(self):
        return self._latest_issue() if self.state == "draft" else self.delivery_date

    def _clock_users(self):
        if self.state == "draft" and self.order_id.user_id:
            return self.order_id.user_id
        department = SALES if self.state == "draft" else LOGISTICS
        return self._clock_company()._paper_department_users(department)

    def _clock_summary(self):
        if self.state == "draft":
            return self.env._("Issue the dispatch notice of order %(order)s", order=self.order_id.name)
        return self.env._("Dispatch order %(order)s by %(notice)s", order=self.order_id.name, notice=self.name)
