from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ..exceptions import VisitFindingsMissingError, VisitRightError, VisitStateError
from .paper_visit_rule import METHODS

STATES = [("planned", "Planned"), ("done", "Done"), ("closed", "Closed"), ("cancelled", "Cancelled")]
QUALITY = "paper_base.group_quality"
COMPLAINTS = "helpdesk_mgmt.group_helpdesk_user"
# What is done by a visit of this method only.
METHOD_OF = {"send_questionnaire": "questionnaire", "meeting": "onsite"}
NEEDED = ("use", "quality", "satisfaction")
# A visit that was made stays as it was recorded (R7.3.1).
OPEN = {"planned": (), "cancelled": ()}


class PaperQualityVisit(models.Model):
    """A visit of the quality department to a customer after a delivery: how the paper runs, how its
    quality is, how satisfied the customer is and what he suggests (R7.2.1). Planned by the delivery,
    done by quality, who write down the findings; a done visit stays as it was recorded (R7.3.1).
    """

    _name = "paper.quality.visit"
    _description = "Quality Visit"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin", "paper.order.mover"]
    _moves_orders = ("state", "planned_date", "visitor_id", "deadline_date")
    _order = "planned_date desc, id desc"
    _check_company_auto = True

    _steps = {
        "planned": {"done": (QUALITY,), "cancelled": (QUALITY,)},
        "cancelled": {"planned": (QUALITY,)},
        "done": {"closed": (QUALITY,)},
        "closed": {},
    }
    _step_verbs = {"done": "done", "close": "closed", "cancel": "cancelled", "plan_again": "planned"}
    _acts = {
        "send_questionnaire": (("planned",), (QUALITY,)),
        "meeting": (("planned",), (QUALITY,)),
        "create_ticket": (("planned", "done", "closed"), (COMPLAINTS,)),
    }
    _entering = {
        "planned": Entering(then="_action_planned"),
        "done": Entering(check="_check_findings", values="_prepare_done_values", then="_clock_stop"),
        "closed": Entering(check="_check_told"),
        "cancelled": Entering(then="_clock_stop"),
    }
    _evidence_states = ("done", "closed", "cancelled")
    _state_error = VisitStateError
    _right_error = VisitRightError
    _field_error = VisitStateError
    _locked_error = VisitStateError

    name = fields.Char(string="Number", required=True, default="/", by_steps=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True, by_hand=OPEN)
    order_id = fields.Many2one(
        "sale.order",
        string="Sales Order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        by_hand=OPEN,
    )
    picking_id = fields.Many2one("stock.picking", string="Delivery", index="btree_not_null", check_company=True, by_hand=OPEN)
    partner_id = fields.Many2one(
        "res.partner",
        string="Customer",
        compute="_compute_partner_id",
        store=True,
        readonly=False,
        index=True,
        by_hand=OPEN,
    )
    rule_id = fields.Many2one("paper.visit.rule", string="Rule", ondelete="set null", by_steps=True)
    method = fields.Selection(METHODS, required=True, default="phone", tracking=True, by_hand=OPEN)
    planned_date = fields.Date(required=True, default=lambda self: self.env.company._paper_today(), tracking=True)
    visitor_id = fields.Many2one("res.users", domain=[("share", "=", False)], tracking=True, by_hand=OPEN)
    visited_on = fields.Date(copy=False, by_hand=OPEN)
    use = fields.Text(string="Use of the Paper", help="How it runs on the customer's machines.", copy=False, by_hand=OPEN)
    quality = fields.Text(string="Quality Found", copy=False, by_hand=OPEN)
    satisfaction = fields.Selection(
        [("1", "1 Very Dissatisfied"), ("2", "2 Dissatisfied"), ("3", "3 Fair"), ("4", "4 Satisfied"), ("5", "5 Very Satisfied")],
        copy=False,
        tracking=True,
        by_hand=OPEN,
    )
    suggestions = fields.Text(string="Problems and Suggestions", copy=False, by_hand=OPEN)
    score = fields.Integer(
        string="Satisfaction (1-5)", compute="_compute_score", store=True, aggregator="avg", help="For the average."
    )
    state = fields.Selection(STATES, required=True, default="planned", tracking=True, index=True, by_steps=True)
    ticket_ids = fields.One2many("helpdesk.ticket", "visit_id", string="Tickets", readonly=True)
    answer_ids = fields.One2many("survey.user_input", "paper_visit_id", string="Questionnaires", readonly=True)
    can_done = fields.Boolean(compute="_compute_can_steps")
    can_close = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_plan_again = fields.Boolean(compute="_compute_can_steps")
    can_send_questionnaire = fields.Boolean(compute="_compute_can_steps")
    can_meeting = fields.Boolean(string="Can Make an Appointment", compute="_compute_can_steps")
    can_create_ticket = fields.Boolean(compute="_compute_can_steps")

    _rule_once = models.UniqueIndex(
        "(order_id, rule_id) WHERE rule_id IS NOT NULL", "This order has its visit of this rule already."
    )

    @api.depends("order_id")
    def _compute_partner_id(self):
        for visit in self:
            visit.partner_id = visit.order_id.partner_id or visit.partner_id

    @api.depends("satisfaction")
    def _compute_score(self):
        for visit in self:
            visit.score = int(visit.satisfaction or 0)

    # Planning

    @api.model
    def _schedule(self, pickings):
        """Plan the visits that the first delivery of each order sets off, once for each order and rule.

        :param pickings: done deliveries to customers, of any number of orders and companies
        :return: the new visits
        """
        # sudo: whoever ships the goods sets off the visits, which only quality may write
        pickings = pickings.sudo()
        first = {}
        for picking in pickings:
            if picking.sale_id.is_paper_order:
                first.setdefault(picking.sale_id, picking)
        vals_list = []
        for company in pickings.company_id:
            rules = self.env["paper.visit.rule"]._rules_of(company)
            own = {order: picking for order, picking in first.items() if picking.company_id == company}
            joins = self._joins_of(company, own)
            for order, picking in own.items():
                known = (order.paper_visit_ids | order.paper_joined_visit_ids).rule_id
                wanted = (rules - known).filtered(lambda rule, order=order: rule._follows_delivery(order))
                left = wanted.filtered(lambda rule, order=order, joins=joins: not joins.join(order, rule))
                vals_list += joins.added([(order, rule, self._prepare_visit(order, picking, rule)) for rule in left])
        # sudo: see above
        visits = self.sudo()._by_step().create(vals_list)
        for rule, planned in visits.grouped("rule_id").items():
            planned._clock_start(rule.days)
        return visits

    @api.model
    def _prepare_visit(self, order, picking, rule):
        company = picking.company_id
        return {
            "company_id": company.id,
            "order_id": order.id,
            "picking_id": picking.id,
            "rule_id": rule.id,
            "method": rule.method,
            "visitor_id": rule.user_id.id,
            "planned_date": company._paper_add_working_days(company._paper_today(), rule.days),
        }

    # Steps

    def action_done(self):
        """Close visits with their findings (R7.2.1); the quality department.

        :raises VisitFindingsMissingError: while use, quality or satisfaction is not written down
        """
        self.check_access("write")
        return self._take_step("done")

    def action_cancel(self):
        """Give up a visit that was not made."""
        self.check_access("write")
        return self._take_step("cancelled")

    def action_plan_again(self):
        """Take a cancelled visit up again."""
        self.check_access("write")
        return self._take_step("planned")

    def _prepare_done_values(self):
        return {
            "visited_on": self.visited_on or self.company_id._paper_today(),
            "visitor_id": self.visitor_id.id or self.env.uid,
        }

    def _action_planned(self):
        """Let the clock run again. Override to do more."""
        # sudo: only how many days the rule allows
        for visit in self.sudo():
            visit._clock_start(visit.rule_id.days)

    def _says(self, name):
        return said(self[name]) if self._fields[name].type in ("char", "text") else self[name]

    def _check_findings(self):
        for visit in self:
            missing = [visit._fields[name]._description_string(self.env) for name in NEEDED if not visit._says(name)]
            if missing:
                raise VisitFindingsMissingError(
                    self.env._(
                        "Visit %(visit)s cannot be closed yet; still to be written down: %(fields)s.",
                        visit=visit.name,
                        fields=", ".join(missing),
                    )
                )

    @api.constrains("state", *NEEDED)
    def _check_done_has_findings(self):
        self.filtered(lambda visit: visit.state in ("done", "closed"))._check_findings()

    # Questionnaire, meeting, ticket

    def _act_objection(self, verb):
        method = METHOD_OF.get(verb)
        if method and self.method != method:
            names = dict(self._fields["method"]._description_selection(self.env))
            return self.env._(
                "%(visit)s is planned by this method: %(method)s. Change the method first.",
                visit=self.display_name,
                method=names[self.method],
            )
        return super()._act_objection(verb)

    @api.depends("method")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def action_send_questionnaire(self):
        """Send the customer the link of the quality questionnaire."""
        self.check_access("write")
        self._check_act("send_questionnaire")
        usual = self.env.ref("paper_aftersales.survey_quality_visit")
        for visit in self:
            survey = visit.rule_id.survey_id or usual
            # sudo: quality sends a survey that somebody else designed
            answer = survey.sudo()._create_answer(partner=visit.partner_id, email=visit.partner_id.email, paper_visit_id=visit.id)
            visit.with_context(lang=visit.partner_id.lang).message_post(
                body=self.env._(
                    "Please tell us how our paper does: %(link)s",
                    link=visit.get_base_url() + answer.get_start_url(),
                ),
                partner_ids=visit.partner_id.ids,
                subtype_xmlid="mail.mt_comment",
            )
        return True

    def action_meeting(self):
        """Open a new appointment for a visit on site."""
        self.ensure_one()
        self._check_act("meeting")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Appointment"),
            "res_model": "calendar.event",
            "view_mode": "form",
            "views": [(False, "form")],
            "context": {
                "default_name": self.display_name,
                "default_res_model_id": self.env["ir.model"]._get_id(self._name),
                "default_res_id": self.id,
                "default_start_date": self.planned_date,
                "default_partner_ids": [Command.set((self.partner_id | self.env.user.partner_id).ids)],
            },
        }

    def action_create_ticket(self):
        """Turn the problems and suggestions into a ticket that is tracked to its end (R7.2.2)."""
        self.ensure_one()
        self._check_act("create_ticket")
        ticket = self.ticket_ids[:1] or self._make_ticket()
        return ticket._get_records_action(name=self.env._("Ticket"))

    def action_view_order(self):
        self.ensure_one()
        return self.order_id._get_records_action(name=self.env._("Sales Order"))

    # CRUD

    @api.model_create_multi
    def create(self, vals_list):
        visits = super().create(vals_list)
        # sudo: numbering needs no right on sequences, and the number is written by nobody
        for company, made in visits.sudo().grouped("company_id").items():
            sequence = self.env["ir.sequence"].sudo().with_company(company)
            for visit in made:
                visit._by_step().write({"name": sequence.next_by_code("paper.quality.visit") or "/"})
        return visits

    def _refused_hand_message(self, names):
        if not self:
            return self.env._("A visit starts as planned; close it once it has been made.")
        if self[:1].state in ("done", "closed"):
            return self.env._("A visit that was made stays as it was recorded.")
        return super()._refused_hand_message(names)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise VisitStateError(self.env._("A visit is cancelled, not deleted: it was due, and stays on record."))

    # Clock

    def _clock_users(self):
        return self.visitor_id or self._clock_company()._paper_department_users(QUALITY)

    def _clock_summary(self):
        return self.env._("Quality visit: %(customer)s, order %(order)s", customer=self.partner_id.name, order=self.order_id.name)
