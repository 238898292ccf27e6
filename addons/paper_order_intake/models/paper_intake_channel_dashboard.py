from odoo import api, fields, models
from odoo.fields import Domain

from .paper_intake_message import SALES


class PaperIntakeChannel(models.Model):
    """The tile of a channel: what arrived, waits, is late today, what is suspected to be double; who hears of late ones."""

    _inherit = "paper.intake.channel"

    escalation_user_ids = fields.Many2many(
        "res.users",
        "paper_intake_channel_escalation_rel",
        string="Escalate to",
        domain=[("share", "=", False)],
        help="Hear of an arrival that waits beyond the limit; the sales managers if nobody is named.",
    )
    late_today_count = fields.Integer(string="Late Today", compute="_compute_counts")
    suspicion_count = fields.Integer(string="Suspected Duplicates", compute="_compute_suspicion_count")
    waiting_since = fields.Char(string="Oldest Waits", compute="_compute_waiting_since")

    @api.model
    def _message_domains(self):
        late_today = Domain("escalated_on", ">=", "today") | self.env["paper.intake.message"]._late_domain()
        return {**super()._message_domains(), "late_today": late_today}

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

    def action_open_late_today(self):
        return self._open_messages("late_today", self.env._("Late Today"))

    def action_open_suspicions(self):
        """Open what is suspected to have come by this channel and another one."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_order_intake.action_paper_intake_suspicion")
        return {**action, "domain": [("state", "=", "open"), ("channel_id", "=", self.id)], "context": {}}

    def _escalation_people(self):
        """Return who hears of late arrivals: the channel's people, else the heads of sales, else the department.

        Every administrator of Odoo is a sales manager; of these only those who work in sales, or for the management, count.
        """
        self.ensure_one()
        company = self.company_id
        working = company._paper_department_users(SALES) | company._paper_department_users("paper_base.group_management")
        heads = company._paper_department_users("sales_team.group_sale_manager") & working
        return (self.escalation_user_ids, heads, "paper_base.group_management", SALES)
