from datetime import timedelta

from odoo import Command, api, fields, models

QUALITY = ("paper_base.group_quality",)
MANAGEMENT = "paper_base.group_management"
# Hours of the wall clock within which the sisters of a claimed roll are held.
HOURS = 24


class HelpdeskTicket(models.Model):
    """Containment: the sisters of a claimed roll are held wherever they are, within 24 hours; the nonconformity with causes,
    actions and their effect goes on beside the case (R7.1.2, R5.3.2)."""

    _inherit = "helpdesk.ticket"

    nonconformity_id = fields.Many2one(
        "mgmtsystem.nonconformity",
        index="btree_not_null",
        ondelete="restrict",
        by_steps=True,
        copy=False,
        groups="base.group_user",
    )
    place_ids = fields.One2many(related="nonconformity_id.place_ids", string="Where They Are", groups="base.group_user")
    contained_on = fields.Datetime(string="Sister Rolls Held on", by_steps=True, groups="base.group_user")
    contain_until = fields.Datetime(
        string="Hold the Sister Rolls until",
        compute="_compute_contain_until",
        store=True,
        groups="base.group_user",
        help="24 hours of the wall clock after a serious quality problem was reported.",
    )
    contain_told_on = fields.Datetime(string="Told That No Roll Is Held", by_steps=True, groups="base.group_user")
    can_contain = fields.Boolean(compute="_compute_can_contain", groups="base.group_user")

    @api.depends("escalated_on", "nature")
    def _compute_contain_until(self):
        for ticket in self:
            begins = ticket.escalated_on if ticket.nature in ("quality", False) else False
            ticket.contain_until = begins and begins + timedelta(hours=HOURS)

    @api.depends("claim_roll_ids", "lot_id", "stage_id", "contained_on")
    @api.depends_context("uid")
    def _compute_can_contain(self):
        may = self._is_one_of(QUALITY)
        for ticket in self:
            ticket.can_contain = may and not ticket.closed and bool(ticket._claimed_lots())

    def _claimed_lots(self):
        # sudo: which rolls are claimed, whoever looks
        own = self.sudo()
        return own.claim_roll_ids.lot_id | own.lot_id

    def action_hold_sisters(self):
        """Hold the claimed rolls and their sisters from the same jumbo, in stock, on the way and at customers; quality (R7.1.2).

        Opens the nonconformity of the complaint, unless there is one, which says where they are.
        """
        self.ensure_one()
        if not self._is_one_of(QUALITY):
            raise self._right_error(self.env._("This step belongs to: %(departments)s.", departments=self._group_names(QUALITY)))
        self._check_case_open()
        lots = self._claimed_lots()
        if not lots:
            raise self._state_error(self.env._("Ticket %(ticket)s names no roll: enter it first.", ticket=self.number))
        record = self.sudo().nonconformity_id  # sudo: the rest is quality's own
        if not record:
            record = self.env["mgmtsystem.nonconformity"].create(self._prepare_nonconformity())
        record = record.with_user(self.env.user).sudo(False)
        record.write({"lot_ids": [Command.link(lot.id) for lot in lots]})
        record.action_contain()
        # sudo: the ticket's own marks follow from the step
        self.sudo()._by_step().write({"nonconformity_id": record.id, "contained_on": record.contained_on})
        self.env["res.company"]._paper_told(self, "contain")
        places = record.sudo().place_ids
        self.sudo().message_post(  # sudo: as above
            body=self.env._(
                "%(held)s of %(count)s sister rolls are held.",
                held=sum(places.mapped("held_count")),
                count=sum(places.mapped("lot_count")),
            ),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )
        return True

    def _prepare_nonconformity(self):
        own = self.sudo()  # sudo: what the complaint says
        return {
            "name": self.env._("Complaint %(number)s: %(title)s", number=own.number, title=own.name),
            "partner_id": (own.commercial_partner_id or own.company_id.partner_id).id,
            "reference": own.number,
            "responsible_user_id": self.env.uid,
            "manager_user_id": self.env.uid,
            "origin_ids": [Command.link(self.env.ref("paper_aftersales_quality.nonconformity_origin_complaint").id)],
            "description": own.first_analysis or own.name,
            "company_id": own.company_id.id,
        }

    def action_view_nonconformity(self):
        """Open the nonconformity of the complaint."""
        self.ensure_one()
        return self.nonconformity_id._get_records_action()

    @api.model
    def _cron_containment(self):
        """Tell quality and management of serious complaints whose sisters are not held after 24 hours; once (R7.1.2)."""
        now = fields.Datetime.now()
        late = self.search(
            [
                ("severity", "=", "serious"),
                ("nature", "in", ("quality", False)),
                ("escalated_on", "<", now - timedelta(hours=HOURS)),
                ("contained_on", "=", False),
                ("contain_told_on", "=", False),
                ("stage_id.closed", "=", False),
            ]
        ).filtered(lambda ticket: ticket._claimed_lots())
        for ticket in late:
            for to in (QUALITY[0], MANAGEMENT):
                ticket._clock_company()._paper_tell(
                    to,
                    ticket,
                    lambda own: own.env._("24 hours are over: hold the sister rolls of %(number)s", number=own.number),
                    kind="contain",
                )
        late._by_step().write({"contain_told_on": now})
