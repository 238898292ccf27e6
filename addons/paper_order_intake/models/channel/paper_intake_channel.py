from odoo import api, fields, models
from odoo.fields import Domain

from ...lib.orderbook.headings import heading_key
from ..message.paper_intake_message import ONLINE, SALES

# What reaches the mill by the net: received by whoever operates it, and handed over to sales (R3.1.2).
ONLINE_KINDS = ("email", "web_shop", "marketplace")


class PaperIntakeChannel(models.Model):
    """A way by which orders reach the mill: a visit, the telephone, e-mail, the web shop, a marketplace
    or an order book. Says who handles its arrivals, how fast, what is taken as given, what the headings of its customers'
    order lists mean; its tile shows what arrived, waits and is late.
    """

    _name = "paper.intake.channel"
    _description = "Order Intake Channel"
    _inherit = ["paper.step.mixin"]
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    kind = fields.Selection(
        [
            ("visit", "Visit"),
            ("phone", "Phone"),
            ("email", "E-mail"),
            ("web_shop", "Web Shop"),
            ("marketplace", "Marketplace"),
            ("order_book", "Order Book"),
        ],
        required=True,
        default="order_book",
    )
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company, index=True)
    handler_id = fields.Many2one(
        "res.users", string="Handler", domain=[("share", "=", False)], help="Gets every arrival of this channel."
    )
    user_ids = fields.Many2many(
        "res.users",
        string="Handling Team",
        domain=[("share", "=", False)],
        help="Without a handler, arrivals go round among these people.",
    )
    handover_minutes = fields.Integer(
        string="Hand-over Limit (minutes)",
        default=30,
        help="An arrival that still waits after this much of the company's working time is late: with the online operator"
        " until it is handed over, then with its handler. 0: no limit.",
    )
    escalation_user_ids = fields.Many2many(
        "res.users",
        "paper_intake_channel_escalation_rel",
        string="Escalate to",
        domain=[("share", "=", False)],
        help="Hear of an arrival that waits beyond the limit; the sales managers if nobody is named.",
    )
    partner_id = fields.Many2one("res.partner", string="Default Customer", check_company=True)
    product_id = fields.Many2one(
        "product.product", string="Default Product", domain=[("is_paper", "=", True)], check_company=True
    )
    order_type = fields.Selection(
        lambda self: self.env["sale.order"]._fields["paper_order_type"]._description_selection(self.env),
        required=True,
        default="standard",
        help="The type of the orders that come by this channel; sales may change it on the order.",
    )
    team_id = fields.Many2one("crm.team", string="Sales Team", check_company=True)
    medium_id = fields.Many2one("utm.medium", string="Medium")
    column_ids = fields.One2many(
        "paper.intake.column",
        "channel_id",
        string="Columns",
        copy=True,
        help="What the headings of the customers' order lists mean, beside those that are known anyway.",
    )
    arrived_count = fields.Integer(string="Arrived Today", compute="_compute_counts")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    late_count = fields.Integer(string="Late", compute="_compute_counts")
    late_today_count = fields.Integer(string="Late Today", compute="_compute_counts")
    question_count = fields.Integer(string="Questions", compute="_compute_counts")
    to_hand_over_count = fields.Integer(string="To Hand Over", compute="_compute_counts")
    suspicion_count = fields.Integer(string="Suspected Duplicates", compute="_compute_suspicion_count")
    oldest_waiting = fields.Datetime(string="Oldest Waiting", compute="_compute_counts")
    waiting_since = fields.Char(string="Oldest Waits", compute="_compute_waiting_since")

    _handover_positive = models.Constraint("CHECK(handover_minutes >= 0)", "A hand-over limit cannot be negative.")

    # The tile

    @api.model
    def _message_domains(self):
        """Return which arrivals each figure of the dashboard counts, and its button opens."""
        late = self.env["paper.intake.message"]._late_domain()
        return {
            "arrived": Domain("received_on", ">=", "today") & Domain("state", "!=", "split"),
            "waiting": self.env["paper.intake.message"]._waiting_domain(),
            "late": late,
            "question": Domain("state", "=", "question"),
            "to_hand_over": Domain("to_hand_over", "=", True),
            "late_today": Domain("escalated_on", ">=", "today") | late,
        }

    def _compute_counts(self):
        # sudo: the dashboard shows only how many, of the channels that the user sees
        messages = self.env["paper.intake.message"].sudo()
        own = Domain("channel_id", "in", self.ids)
        counts = {
            name: dict(messages._read_group(own & domain, ["channel_id"], ["__count"]))
            for name, domain in self._message_domains().items()
        }
        waiting = self._message_domains()["waiting"]
        oldest = dict(messages._read_group(own & waiting, ["channel_id"], ["received_on:min"]))
        for channel in self:
            for name, found in counts.items():
                channel[f"{name}_count"] = found.get(channel, 0)
            channel.oldest_waiting = oldest.get(channel, False)

    @api.depends("oldest_waiting")
    @api.depends_context("lang")
    def _compute_waiting_since(self):
        now = fields.Datetime.now()
        for channel in self:
            oldest = channel.oldest_waiting
            channel.waiting_since = channel._duration((now - oldest).total_seconds() // 60) if oldest else False

    @api.model
    def _duration(self, minutes):
        """Return minutes as words: the largest unit is enough to see how long somebody waits."""
        _ = self.env._
        if minutes < 60:
            return _("%(count)s min", count=int(minutes))
        if minutes < 48 * 60:
            return _("%(count)s h", count=int(minutes // 60))
        return _("%(count)s days", count=int(minutes // 1440))

    def _compute_suspicion_count(self):
        # sudo: the dashboard shows only how many, of the channels that the user sees
        found = dict(
            self.env["paper.intake.suspicion"]
            .sudo()
            ._read_group([("state", "=", "open"), ("channel_id", "in", self.ids)], ["channel_id"], ["__count"])
        )
        for channel in self:
            channel.suspicion_count = found.get(channel, 0)

    def action_open_arrived(self):
        return self._open_messages("arrived", self.env._("Arrived Today"))

    def action_open_waiting(self):
        return self._open_messages("waiting", self.env._("Waiting"))

    def action_open_late(self):
        return self._open_messages("late", self.env._("Late"))

    def action_open_late_today(self):
        return self._open_messages("late_today", self.env._("Late Today"))

    def action_open_question(self):
        return self._open_messages("question", self.env._("Questions"))

    def action_open_to_hand_over(self):
        return self._open_messages("to_hand_over", self.env._("To Hand Over"))

    def action_open_suspicions(self):
        """Open what is suspected to have come by this channel and another one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_intake_suspicion")
        return {**action, "domain": [("state", "=", "open"), ("channel_id", "=", self.id)], "context": {}}

    def _open_messages(self, name, title):
        domain = Domain("channel_id", "in", self.ids) & self._message_domains()[name]
        return {
            "type": "ir.actions.act_window",
            "name": title,
            "res_model": "paper.intake.message",
            "view_mode": "list,form",
            "domain": list(domain),
        }

    def action_upload_orders(self):
        """Open the dialog that reads an order book into this channel."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Upload an Order Book"),
            "res_model": "paper.intake.upload",
            "view_mode": "form",
            "views": [(self.env.ref("paper_order_intake.paper_intake_upload_view_dialog").id, "form")],
            "target": "new",
            "context": {"default_channel_id": self.id},
        }

    # Who handles its arrivals

    def _next_handlers(self, count):
        """Return the users who get the next ``count`` arrivals: the handler, else the team in turn.

        What comes from outside without either goes to the online operators, in turn, who hand it over to sales; where there
        are none, or by another channel, to sales itself.
        """
        self.ensure_one()
        users = self.handler_id or self.user_ids or self._who_brought() or self._operators()
        if not users:
            users = self.company_id._paper_department_users(SALES)._paper_here(self.company_id)[:1]
        return self._in_turn(users, count)

    def _operators(self):
        """Return who receives what comes by an online channel, as far as they are here: operators or their stand-ins."""
        if self.kind not in ONLINE_KINDS:
            return self.env["res.users"]
        messages = self.env["paper.intake.message"]
        here = self.company_id._paper_department_users(ONLINE)._paper_here(self.company_id)
        return here.filtered(lambda user: messages.with_user(user).has_access("read"))

    def _in_turn(self, users, count):
        """Return ``count`` of the users, those first who had an arrival of this channel longest ago."""
        if not users:
            return [self.env["res.users"]] * count
        # sudo: whose turn it is follows from all arrivals of the channel
        latest = dict(
            self.env["paper.intake.message"]
            .sudo()
            .with_context(active_test=False)
            ._read_group(
                [("channel_id", "=", self.id), ("handler_id", "in", users.ids)], ["handler_id"], ["id:max"]
            )
            if len(users) > 1
            else []
        )
        ranked = users.sorted(lambda user: (latest.get(user, 0), user.id))
        return [ranked[place % len(ranked)] for place in range(count)]

    def _who_brought(self):
        """Return the user who brings an arrival, if he handles arrivals: neither a customer's login nor a gateway's."""
        messages = self.env["paper.intake.message"]
        here = self.env.user._paper_here(self.company_id)
        return self.env.user.filtered(lambda user: user in here and messages.with_user(user).has_access("write"))

    def _escalation_people(self):
        """Return who hears of late arrivals: the channel's people, else the heads of sales, else the department.

        Every administrator of Odoo is a sales manager; of these only those who work in sales, or for the management, count.
        """
        self.ensure_one()
        company = self.company_id
        working = company._paper_department_users(SALES) | company._paper_department_users("paper_base.group_management")
        heads = company._paper_department_users("sales_team.group_sale_manager") & working
        return (self.escalation_user_ids, heads, "paper_base.group_management", SALES)

    # What its customers' lists say

    def _headings(self):
        """Return what the headings of this channel's order lists mean: ``{heading_key: (field, unit)}``."""
        return {heading_key(column.heading): (column.field, column.unit) for column in self.column_ids}
