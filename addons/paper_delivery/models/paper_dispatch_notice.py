from odoo import api, fields, models
from odoo.exceptions import AccessError

from ..exceptions import NoticeIncompleteError, NoticeLateError, NoticeStateError, PlanIncompleteError

STATES = [
    ("draft", "Draft"),
    ("issued", "Issued"),
    ("planned", "Dispatch Planned"),
    ("done", "Dispatched"),
    ("cancelled", "Cancelled"),
]
# From state to state; the goods themselves bring about "done".
TRANSITIONS = {
    "draft": ("issued", "cancelled"),
    "issued": ("planned", "cancelled"),
    "planned": ("planned", "done", "cancelled"),
    "done": (),
    "cancelled": (),
}
CONTENT = {"name", "order_id", "company_id", "partner_id", "delivery_place", "delivery_date", "line_ids", "picking_ids"}
PLAN = {"vehicle_id", "licence_plate", "driver_name", "driver_phone", "planned_date"}
FIXED = {"state", "issued_on", "issued_by_id", "planned_by_id"}


class PaperDispatchNotice(models.Model):
    """The notice that sales give logistics some days ahead of a delivery: product, specification,
    quantity, place and time (R6.2.1). Drafted from the open deliveries of an order and issued by sales,
    planned by logistics with vehicle, driver and date; done when its goods have left.
    """

    _name = "paper.dispatch.notice"
    _description = "Dispatch Notice"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "delivery_date, id"
    _check_company_auto = True

    name = fields.Char(string="Number", required=True, readonly=True, copy=False, default="/")
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    order_id = fields.Many2one(
        "sale.order", string="Sales Order", required=True, index=True, ondelete="restrict", check_company=True
    )
    partner_id = fields.Many2one("res.partner", string="Deliver to", required=True, index=True)
    delivery_place = fields.Char(help="Where the goods are to be unloaded, as the driver needs it.")
    delivery_date = fields.Date(tracking=True, index=True)
    line_ids = fields.One2many("paper.dispatch.notice.line", "notice_id", string="Goods")
    picking_ids = fields.One2many("stock.picking", "paper_notice_id", string="Deliveries", readonly=True)
    weight_kg = fields.Float(string="Weight (kg)", digits=(16, 3), compute="_compute_weight_kg", store=True)
    state = fields.Selection(STATES, required=True, default="draft", copy=False, tracking=True, index=True)
    is_late = fields.Boolean(compute="_compute_is_late")
    late_reason = fields.Char(copy=False, tracking=True, help="Why the notice comes later than the days ahead asked for.")
    issued_on = fields.Datetime(readonly=True, copy=False)
    issued_by_id = fields.Many2one("res.users", string="Issued by", readonly=True, copy=False)
    vehicle_id = fields.Many2one(
        "fleet.vehicle", copy=False, check_company=True, ondelete="set null", index="btree_not_null"
    )
    licence_plate = fields.Char(copy=False, tracking=True)
    driver_name = fields.Char(string="Driver", copy=False, tracking=True)
    driver_phone = fields.Char(copy=False)
    planned_date = fields.Date(string="Leaves on", copy=False, tracking=True, index=True)
    planned_by_id = fields.Many2one("res.users", string="Planned by", readonly=True, copy=False)

    @api.depends("line_ids.quantity_kg")
    def _compute_weight_kg(self):
        for notice in self:
            notice.weight_kg = sum(notice.line_ids.mapped("quantity_kg"))

    @api.depends("delivery_date", "state", "issued_on")
    def _compute_is_late(self):
        for notice in self:
            latest = notice._latest_issue()
            day = notice.issued_on and notice.issued_on.date() or notice.company_id._paper_today()
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
        self._check_department("paper_base.group_sales")
        if late_reason:
            self.write({"late_reason": late_reason})
        self._check_transition("issued")
        self._check_complete()
        self._check_in_time()
        self._move_to("issued", issued_on=fields.Datetime.now(), issued_by_id=self.env.uid)
        for company, notices in self.grouped("company_id").items():
            for user in company._paper_department_users("paper_base.group_logistics"):
                words = self.with_context(lang=user.lang).env
                notices._tell(user, words._("Plan the dispatch: vehicle, driver, date"))
        return True

    def action_plan(self, vehicle_id=None, licence_plate=None, driver_name=None, driver_phone=None, planned_date=None):
        """Plan vehicle, driver and date of an issued notice (R6.2.1); logistics. What is left out stays as it is.

        :param vehicle_id: id of a fleet.vehicle, or none where a carrier's vehicle is named by its plate
        :param planned_date: date on which the goods leave, not after the delivery date
        :raises PlanIncompleteError: without vehicle or plate, driver, or a date in time
        """
        self._check_department("paper_base.group_logistics")
        given = {
            "vehicle_id": vehicle_id,
            "licence_plate": licence_plate,
            "driver_name": driver_name,
            "driver_phone": driver_phone,
            "planned_date": planned_date,
        }
        self._check_transition("planned")
        self.write({name: value for name, value in given.items() if value})
        # sudo: the plate is read from the vehicle, whoever may not open the fleet
        for notice in self.filtered(lambda rec: rec.vehicle_id and not rec.licence_plate).sudo():
            notice.licence_plate = notice.vehicle_id.license_plate or notice.vehicle_id.display_name
        self._check_plan()
        self._move_to("planned", planned_by_id=self.env.uid)
        # sudo: the checklist belongs to the delivery that was planned
        self.sudo().picking_ids._prepare_loading()
        return True

    def action_cancel(self):
        """Withdraw a notice whose goods have not left; sales."""
        self._check_department("paper_base.group_sales")
        self._check_transition("cancelled")
        # sudo: sales withdraw the notice, the deliveries wait for another one
        pickings = self.sudo().picking_ids
        pickings._reset_loading_check()
        pickings.write({"paper_notice_id": False})
        self._move_to("cancelled")
        return True

    def action_view_pickings(self):
        self.ensure_one()
        return self.picking_ids._get_records_action(name=self.env._("Deliveries"))

    def action_view_order(self):
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    def _check_department(self, *groups):
        if not self.env.su and not any(self.env.user.has_group(group) for group in groups):
            # sudo: only the names of the departments are shown
            names = [self.env.ref(group).sudo().name for group in groups]
            raise AccessError(self.env._("Only %(departments)s may do this.", departments=", ".join(names)))

    def _check_transition(self, state):
        for notice in self:
            if state not in TRANSITIONS[notice.state]:
                names = dict(self._fields["state"]._description_selection(self.env))
                raise NoticeStateError(
                    self.env._(
                        "Dispatch notice %(notice)s is “%(state)s” and cannot become “%(wanted)s”.",
                        notice=notice.name,
                        state=names[notice.state],
                        wanted=names[state],
                    )
                )

    def _check_complete(self):
        for notice in self:
            needed = {
                "line_ids": notice.line_ids,
                "delivery_place": (notice.delivery_place or "").strip(),
                "delivery_date": notice.delivery_date,
            }
            missing = [notice._fields[name]._description_string(self.env) for name, value in needed.items() if not value]
            if missing:
                raise NoticeIncompleteError(
                    self.env._(
                        "Dispatch notice %(notice)s lacks: %(fields)s.", notice=notice.name, fields=", ".join(missing)
                    )
                )

    def _check_in_time(self):
        for notice in self.filtered(lambda rec: rec.is_late and not (rec.late_reason or "").strip()):
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
            if notice.planned_date > notice.delivery_date:
                raise PlanIncompleteError(
                    self.env._(
                        "%(notice)s would leave on %(planned)s, after its delivery date %(delivery)s.",
                        notice=notice.name,
                        planned=notice.planned_date,
                        delivery=notice.delivery_date,
                    )
                )

    def _move_to(self, state, **vals):
        """Bring the notices into a state, after its checks, and move their clock."""
        self._check_transition(state)
        # sudo: states are written by their steps only, see write()
        self.sudo().write({"state": state, **vals})
        # sudo: what the step settles is done, for whomever it was waiting
        self.sudo().activity_feedback(["mail.mail_activity_data_todo"])
        if state == "issued":
            for company, notices in self.grouped("company_id").items():
                notices._clock_start(company.paper_dispatch_notice_days)
        elif state in ("done", "cancelled"):
            self._clock_stop()

    def _tell(self, user, summary):
        # sudo: another department is told, whoever the user may not see
        for notice in self.sudo():
            notice.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=notice.delivery_date,
                summary=summary,
                user_id=user.id,
            )

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if not self.env.su and (FIXED & vals.keys() - {"state"} or vals.get("state", "draft") != "draft"):
                raise NoticeStateError(self.env._("A dispatch notice starts as a draft."))
            if vals.get("name", "/") == "/":
                vals["name"] = self.env["ir.sequence"].next_by_code("paper.dispatch.notice") or "/"
        notices = super().create(vals_list)
        for company, group in notices.grouped("company_id").items():
            group._clock_start(company.paper_dispatch_notice_days)
        return notices

    def write(self, vals):
        if not self.env.su:
            self._check_hand(vals)
        result = super().write(vals)
        if "delivery_date" in vals:
            self._clock_recompute()
        return result

    def _check_hand(self, vals):
        """Refuse what a person may not write directly: states ever, goods after issue, the plan of logistics."""
        if FIXED & vals.keys():
            raise NoticeStateError(self.env._("A dispatch notice changes its state by its steps only."))
        if CONTENT & vals.keys():
            self._check_department("paper_base.group_sales")
            if any(notice.state != "draft" for notice in self):
                raise NoticeStateError(self.env._("What was announced stays; cancel the notice and draft another one."))
        if PLAN & vals.keys():
            self._check_department("paper_base.group_logistics")
            if any(notice.state not in ("issued", "planned") for notice in self):
                raise NoticeStateError(self.env._("Only an issued dispatch notice is planned."))

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
        department = "paper_base.group_sales" if self.state == "draft" else "paper_base.group_logistics"
        return self._clock_company()._paper_department_users(department)

    def _clock_summary(self):
        if self.state == "draft":
            return self.env._("Issue the dispatch notice of order %(order)s", order=self.order_id.name)
        return self.env._("Dispatch order %(order)s by %(notice)s", order=self.order_id.name, notice=self.name)
