import hashlib
import json

from odoo import fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import SettlementError, TicketClosedError

# What a seal covers: fields of the ticket, and of what hangs on it.
TICKET = (
    "number", "name", "description", "partner_id", "partner_name", "partner_email", "sale_order_id", "sale_order_line_id",
    "lot_id", "nature", "severity", "first_analysis", "solution", "defect_id", "cause_id", "remedy_sought", "claimed_kg",
    "accepted_kg",
    "reported_by", "reported_phone", "reported_on", "stage_id", "cost_other", "cost_settled", "waived_reason", "lowered_reason",
)  # fmt: skip
PARTS = {
    "claim_roll_ids": ("lot_id", "kg", "accepted_kg", "verdict", "note"),
    "question_ids": ("group_id", "question", "answer", "cause", "prevention", "cost", "answered_by_id", "answered_on"),
    "meeting_ids": ("held_on", "place", "attendee_ids", "minutes", "state"),
    "decision_ids": ("remedy", "text", "limit", "responsible_id", "due_date", "decided_by_id", "decided_on"),
    "settlement_ids": (
        "kind",
        "amount",
        "kg",
        "state",
        "agreed_on",
        "agreed_by",
        "invoice_id",
        "refund_id",
        "order_id",
        "picking_id",
    ),
    "notice_ids": ("step", "how", "told_on", "told_to", "text", "user_id"),
}


class HelpdeskTicket(models.Model):
    """A closed case is sealed and stays; whoever goes on with it reopens it with a reason (R7.3.1)."""

    _inherit = "helpdesk.ticket"

    event_ids = fields.One2many(
        "paper.case.event", "ticket_id", string="Closed and Reopened", groups="helpdesk_mgmt.group_helpdesk_user"
    )
    sealed_on = fields.Datetime(by_steps=True, groups="base.group_user")
    seal = fields.Char(
        by_steps=True, groups="base.group_user", help="SHA-256 of what the case and its files said when it was closed."
    )
    reopened_count = fields.Integer(
        string="Reopened", by_steps=True, groups="base.group_user", help="How often it was taken up again."
    )
    description = fields.Html(index="trigram")
    solution = fields.Text(index="trigram")

    # The archive is read by customer and day.
    _archive = models.Index("(commercial_partner_id, closed_date)")

    def _seal_digest(self, until):
        """Return the SHA-256 of what the case says, in words that depend on no language, with the files that it then had."""
        self.ensure_one()
        own = self.sudo().with_context(lang="en_US", active_test=False)  # sudo: all of the case is sealed
        content = {"ticket": own._seal_values(TICKET)}
        for name, fields_ in PARTS.items():
            content[name] = [own._seal_values(fields_, record) for record in own[name].sorted("id")]
        files = own.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "=", self.id), ("create_date", "<=", until)], order="id"
        )
        content["files"] = [[file.id, file.name, file.checksum] for file in files]
        text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def _seal_values(self, names, record=None):
        record = self if record is None else record
        values = {}
        for name in names:
            value = record[name]
            values[name] = sorted(value.ids) if isinstance(value, models.BaseModel) else str(value)
        return values

    def _seal(self):
        """Seal closed cases: what they say from now on can be proved (R7.3.1).

        :raises SettlementError: while the customer was offered something that is not settled
        """
        # sudo: the seal follows from the closing, whoever closes
        for ticket in self.sudo():
            waiting = ticket.settlement_ids.filtered(lambda rec: rec.state in ("draft", "offered", "agreed"))
            if waiting:
                raise SettlementError(
                    self.env._("%(case)s is not settled yet: carry it out or withdraw it first.", case=waiting[0].display_name)
                )
            now = fields.Datetime.now()
            ticket.env.flush_all()
            seal = ticket._seal_digest(now)
            ticket._by_step().write({"sealed_on": now, "seal": seal, "solution_released": True})
            values = {"ticket_id": ticket.id, "kind": "closed", "user_id": self.env.uid, "seal": seal, "happened_on": now}
            ticket.env["paper.case.event"]._by_step().create(values)

    def _is_seal_whole(self):
        """Say whether the case says what it said when it was closed."""
        self.ensure_one()
        own = self.sudo()  # sudo: all of the case was sealed
        return bool(own.seal) and own._seal_digest(own.sealed_on) == own.seal

    def action_check_seal(self):
        """Tell whether the closed case still says what it said."""
        self.ensure_one()
        self.check_access("read")
        whole = self._is_seal_whole()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if whole else "danger",
                "title": self.env._("Seal of %(ticket)s", ticket=self.number),
                "message": self.env._("The case says what it said when it was closed.")
                if whole
                else self.env._("The case does not say what it said when it was closed."),
            },
        }

    def _check_stage_stays(self, vals):
        """Refuse to move a closed case: it is reopened with a reason (R7.3.1).

        :raises TicketClosedError: naming the ticket
        """
        if "stage_id" not in vals or self._is_step():
            return
        # sudo: the rule is the same whatever the user may read
        for ticket in self.sudo().filtered(lambda rec: rec.closed and rec.stage_id.id != vals["stage_id"]):
            raise TicketClosedError(
                self.env._(
                    "Ticket %(ticket)s is closed and in the archive: reopen it with a reason to go on with it.",
                    ticket=ticket.number,
                )
            )

    def action_reopen(self, reason=None):
        """Take closed cases up again, with a reason; sales, quality, management (R7.3.1)."""
        self.check_access("write")
        self._check_act("reopen")
        if not said(reason):
            return self._ask_reason("action_reopen")
        self._reopen(said(reason))
        return True

    def _reopen(self, reason):
        # sudo: who may was asked; the stage is the system's then
        for ticket in self.sudo():
            stages = (
                ticket.team_id._get_applicable_stages()
                if ticket.team_id
                else ticket.env["helpdesk.ticket.stage"].search(
                    [("team_ids", "=", False), ("company_id", "in", (False, ticket.company_id.id))]
                )
            )
            stage = (
                stages.filtered(lambda rec: not rec.closed and not rec.unattended) or stages.filtered(lambda rec: not rec.closed)
            )[:1]
            values = {"ticket_id": ticket.id, "kind": "reopened", "user_id": self.env.uid, "reason": reason}
            ticket.env["paper.case.event"]._by_step().create(values)
            reopened = ticket._by_step()
            reopened.write({"stage_id": stage.id, "closed_date": False, "reopened_count": ticket.reopened_count + 1})
            ticket.message_post(
                body=self.env._("Reopened: %(reason)s", reason=reason),
                author_id=self.env.user.partner_id.id,
                subtype_xmlid="mail.mt_note",
            )
