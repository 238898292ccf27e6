from datetime import timedelta

from odoo import api, fields, models

from .paper_completion_request import PURPOSE

# Orders looked at in one run of the cron, and how far back.
BATCH = 500
LOOK_BACK = 90


class PaperCompletionRequest(models.Model):
    _inherit = "paper.completion.request"

    @api.model
    def _cron_follow(self):
        """Open what is incomplete, close what is complete, remind the customers, take back what they left."""
        # sudo: the cron follows the orders of every company
        requests = self.sudo()
        requests._discover()
        requests.search([("state", "in", ("open", "asked"))])._finish_if_complete()
        for company in self.env["res.company"].sudo().search([]):  # sudo: as above
            mine = [("company_id", "=", company.id), ("state", "=", "asked")]
            expired = requests.search([*mine, ("expires_on", "<=", fields.Datetime.now())])
            expired._expire()
            requests.search([*mine, ("remind_on", "!=", False), ("remind_on", "<=", company._paper_today())])._remind()

    @api.model
    def _discover(self):
        """Start the clock of incomplete orders that nobody has taken up yet."""
        orders = self.env["sale.order"].search(
            [
                ("is_paper_order", "=", True),
                ("state", "in", ("draft", "sent")),
                ("paper_completion_ids", "=", False),
                ("create_date", ">=", fields.Datetime.now() - timedelta(days=LOOK_BACK)),
            ],
            order="id desc",
            limit=BATCH,
        )
        missing = orders._get_missing_facts()
        self._open_for(orders.browse([order.id for order in orders if missing[order]]))

    def _remind(self):
        """Send the customers their questions once more, by a link of its own; the first one stays valid."""
        for request in self:
            sent = request.reminder_count + 1
            request._by_step().write({"reminder_count": sent, "remind_on": request._next_reminder(sent)})
            request._send_letter(request._issue_link(), reminder=True)
            request._log(self.env._("The customer was reminded of:"), request._open_sentences())

    def _open_sentences(self):
        return self.line_ids.filtered(lambda line: line.state == "open").mapped("question")

    def _expire(self):
        """Give the mill the ball back where the customer let his link run out: the salesperson telephones."""
        for request in self:
            request._link_revoke(PURPOSE)
            request._take_ball_back()
            request._tell_seller(lambda order: order.env._("The customer did not answer in time: ask by phone"))
