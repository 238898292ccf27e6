from odoo import api, fields, models
from odoo.fields import Domain

from .paper_intake_message import ONLINE, SALES

# What reaches the mill by the net: received by whoever operates it, and handed over to sales (R3.1.2).
ONLINE_KINDS = ("email", "web_shop", "marketplace")


class PaperIntakeChannel(models.Model):
    """A way by which orders reach the mill: a visit, the telephone, e-mail, the web shop, a marketplace
    or an order book. Says who handles its arrivals, how fast, and what is taken as given.
    """

    _name = "paper.intake.channel"
    _description = "Order Intake Channel"
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
    arrived_count = fields.Integer(string="Arrived Today", compute="_compute_counts")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    late_count = fields.Integer(string="Late", compute="_compute_counts")
    question_count = fields.Integer(string="Questions", compute="_compute_counts")
    to_hand_over_count = fields.Integer(string="To Hand Over", compute="_compute_counts")
    oldest_waiting = fields.Datetime(string="Oldest Waiting", compute="_compute_counts")

    _handover_positive = models.Constraint("CHECK(handover_minutes >= 0)", "A hand-over limit cannot be negative.")

    @api.model
    def _message_domains(self):
        """Return which arrivals each figure of the dashboard counts, and its button opens."""
        return {
            "arrived": Domain("received_on", ">=", "today") & Domain("state", "!=", "split"),
            "waiting": self.env["paper.intake.message"]._waiting_domain(),
            "late": self.env["paper.intake.message"]._late_domain(),
            "question": Domain("state", "=", "question"),
            "to_hand_over": Domain("to_hand_over", "=", True),
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

    def action_open_arrived(self):
        return self._open_messages("arrived", self.env._("Arrived Today"))

    def action_open_waiting(self):
        return self._open_messages("waiting", self.env._("Waiting"))

    def action_open_late(self):
        return self._open_messages("late", self.env._("Late"))

    def action_open_question(self):
        return self._open_messages("question", self.env._("Questions"))

    def action_open_to_hand_over(self):
        return self._open_messages("to_hand_over", self.env._("To Hand Over"))

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
