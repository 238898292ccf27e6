from odoo import Command, api, fields, models

from ..exceptions import EvaluationRefusedError
from ..lib.panel import DIMENSIONS, panel_result

DECIDED = ("passed", "conditional", "failed")
# Written by the steps of the evaluation alone.
RESERVED_FIELDS = {
    "order_id",
    "state",
    "agreed_facts",
    "submitted_by_id",
    "closed_by_id",
    "closed_on",
}
# Who may write what by hand.
FIELD_DEPARTMENTS = {
    "conclusion": ("paper_base.group_management",),
    "customer_letter": ("paper_base.group_sales", "paper_base.group_management"),
}


class PaperEvaluation(models.Model):
    """The evaluation of an order by the panel: sales submits it, five departments give their opinion
    in parallel within the working days that the company allows, the management closes it. It ends as
    passed, passed with conditions, or failed; a change of what was agreed makes it outdated, and sales
    submits the order again (R3.3.1, R3.4).
    """

    _name = "paper.evaluation"
    _description = "Order Evaluation"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.deadline.mixin"]
    _order = "id desc"
    _check_company_auto = True
    _mail_post_access = "read"

    order_id = fields.Many2one(
        "sale.order", required=True, readonly=True, ondelete="cascade", index=True, check_company=True
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="order_id.partner_id", store=True, string="Customer")
    user_id = fields.Many2one(related="order_id.user_id", string="Salesperson")
    commitment_date = fields.Datetime(related="order_id.commitment_date")
    state = fields.Selection(
        [
            ("open", "Under Evaluation"),
            ("passed", "Passed"),
            ("conditional", "Passed with Conditions"),
            ("failed", "Not Passed"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        default="open",
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
    )
    opinion_ids = fields.One2many("paper.evaluation.opinion", "evaluation_id", string="Opinions")
    agreed_facts = fields.Json(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", string="Submitted by", readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", string="Closed by", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    conclusion = fields.Text(help="What the chair has to say about the result.")
    customer_letter = fields.Html(
        string="Message to the Customer",
        copy=False,
        help="Drafted when an order does not pass: why, and what would make it possible. Sales edits and sends it.",
    )
    owed = fields.Char(string="Still Owed by", compute="_compute_owed")
    given_count = fields.Integer(string="Opinions Given", compute="_compute_owed")
    can_close = fields.Boolean(compute="_compute_owed")
    outdated = fields.Boolean(
        compute="_compute_outdated", help="Something agreed on the order changed after it was submitted."
    )
    conditions = fields.Text(compute="_compute_conditions")

    _one_open = models.UniqueIndex("(order_id) WHERE state = 'open'", "This order is under evaluation already.")

    @api.depends("order_id.name")
    def _compute_display_name(self):
        for evaluation in self:
            evaluation.display_name = self.env._("Evaluation of %(order)s", order=evaluation.order_id.name or "")

    @api.depends("opinion_ids.state", "state")
    @api.depends_context("lang")
    def _compute_owed(self):
        for evaluation in self:
            pending = evaluation.opinion_ids.filtered(lambda opinion: opinion.state != "given")
            evaluation.owed = ", ".join(opinion.department for opinion in pending)
            evaluation.given_count = len(evaluation.opinion_ids) - len(pending)
            evaluation.can_close = evaluation.state == "open" and not pending

    @api.depends(
        "agreed_facts", "order_id.commitment_date", "order_id.order_line.price_unit", "order_id.order_line.product_uom_qty"
    )
    def _compute_outdated(self):
        for evaluation in self:
            evaluation.outdated = evaluation.state != "cancelled" and evaluation._is_outdated()

    @api.depends("opinion_ids.condition", "opinion_ids.verdict")
    @api.depends_context("lang")
    def _compute_conditions(self):
        for evaluation in self:
            evaluation.conditions = "\n".join(
                f"{opinion.dimension_name}: {opinion.condition}"
                for opinion in evaluation.opinion_ids
                if opinion.verdict == "conditional" and opinion.condition
            )

    def _is_outdated(self):
        """Say whether something agreed on the order changed since it was submitted."""
        self.ensure_one()
        # sudo: the facts are compared, not shown; a department need not read prices
        return self.sudo().agreed_facts != self.order_id.sudo()._paper_agreed_facts()

    @api.constrains("state", "opinion_ids")
    def _check_state(self):
        for evaluation in self.filtered(lambda rec: rec.state in DECIDED):
            if evaluation.state != evaluation._panel_result():
                raise EvaluationRefusedError(
                    self.env._("The result of an evaluation follows from its opinions: %(name)s.", name=evaluation.display_name)
                )

    def _panel_result(self):
        self.ensure_one()
        return panel_result(opinion.state == "given" and opinion.verdict for opinion in self.opinion_ids)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals.setdefault("opinion_ids", [Command.create({"dimension": name}) for name in DIMENSIONS])
        return super().create(vals_list)

    def write(self, vals):
        if RESERVED_FIELDS & vals.keys() and not self.env.su:
            raise EvaluationRefusedError(self.env._("An evaluation is moved on by its own steps only."))
        for name in FIELD_DEPARTMENTS.keys() & vals.keys():
            if not self.env.su and not any(self.env.user.has_group(group) for group in FIELD_DEPARTMENTS[name]):
                raise EvaluationRefusedError(
                    self.env._("“%(field)s” is not yours to write.", field=self._fields[name]._description_string(self.env))
                )
        if "order_id" in vals and any(evaluation.order_id.id != vals["order_id"] for evaluation in self):
            raise EvaluationRefusedError(self.env._("An evaluation stays with its order."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise EvaluationRefusedError(self.env._("An evaluation is kept with its order; cancel it instead."))

    # The clock

    def _clock_users(self):
        users = self.env["res.users"]
        for opinion in self.opinion_ids.filtered(lambda opinion: opinion.state != "given"):
            users |= opinion._department_users()
        return users or self._clock_escalation_users()

    def _clock_summary(self):
        return self.env._(
            "Evaluation of %(order)s, still owed by: %(owed)s",
            order=self.order_id.name,
            owed=self.owed or self.env._("the chair"),
        )
