from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.tools import SQL

from ...exceptions import TicketClosedError, TicketOrderError
from ..helpdesk_ticket import MANAGEMENT, OPEN

REMEDIES = [
    ("guidance", "Guidance"),
    ("repair", "Repair"),
    ("rework", "Rework"),
    ("replacement", "Replacement"),
    ("return", "Return"),
    ("price_cut", "Price Reduction"),
    ("damages", "Compensation"),
]
# Working minutes within which somebody has to take what came in.
NOBODYS_MINUTES = 120


class HelpdeskTicket(models.Model):
    """What was reported, in the words of the trade (R7.1.1)."""

    _inherit = "helpdesk.ticket"

    channel_id = fields.Many2one(by_hand=OPEN)
    reported_by = fields.Char(by_hand=OPEN, help="The person at the customer's who reported it.")
    reported_phone = fields.Char(string="Phone of the Reporter", by_hand=OPEN)
    reported_on = fields.Datetime(
        string="Reported on", by_hand=OPEN, help="When the customer reported it; now unless entered.", default=fields.Datetime.now
    )
    defect_id = fields.Many2one(
        "paper.defect", string="Defect", index="btree_not_null", ondelete="restrict", tracking=True, by_hand=OPEN
    )
    defect_group = fields.Selection(related="defect_id.group", string="Group of Defects", store=True)
    cause_id = fields.Many2one(
        "paper.defect.cause",
        string="Cause",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        by_hand=OPEN,
        groups="base.group_user",
    )
    guidance = fields.Text(related="defect_id.guidance", string="Guidance for the Customer")
    remedy_sought = fields.Selection(
        REMEDIES, tracking=True, by_hand=OPEN, help="What the customer asks for (Civil Code, article 582)."
    )
    stops_customer = fields.Boolean(string="Customer's Production Stands Still", by_hand=OPEN)
    is_danger = fields.Boolean(string="People Are in Danger", by_hand=OPEN)
    claim_roll_ids = fields.One2many("paper.claim.roll", "ticket_id", string="Claimed Rolls", groups="base.group_user")
    claimed_kg = fields.Float(
        string="Claimed (kg)", digits=(16, 1), by_hand=OPEN, tracking=True, help="Of the rolls below, where any are named."
    )
    accepted_kg = fields.Float(
        string="Accepted (kg)", digits=(16, 1), compute="_compute_accepted_kg", store=True, groups="base.group_user"
    )
    severity_rule_id = fields.Many2one(
        "paper.severity.rule", string="Serious by Rule", ondelete="restrict", by_steps=True, groups="base.group_user"
    )
    claim_until = fields.Date(
        compute="_compute_claim_window",
        compute_sudo=True,
        groups="base.group_user",
        help="Last day on which the defect may be claimed: from the proof of delivery on, by contract or by the company's days.",
    )
    claim_window = fields.Selection(
        [("none", "Not Started"), ("open", "In Time"), ("late", "Too Late"), ("waived", "Accepted Though Late")],
        compute="_compute_claim_window", compute_sudo=True, groups="base.group_user",
        help="Not started: there is no proof of delivery yet. A seller who knew of the defect cannot refuse a late claim "
        "(Civil Code, article 621).",
    )  # fmt: skip
    waived_by_id = fields.Many2one("res.users", string="Accepted by", by_steps=True, groups="base.group_user")
    waived_on = fields.Datetime(string="Accepted on", by_steps=True, groups="base.group_user")
    waived_reason = fields.Text(string="Why a Late Claim Is Accepted", by_steps=True, tracking=True, groups="base.group_user")
    nobody_on = fields.Datetime(string="Told That It Is Nobody's", by_steps=True, groups="base.group_user")
    recent_picking_ids = fields.Many2many(
        "stock.picking",
        string="Last Deliveries",
        compute="_compute_recent_picking_ids",
        compute_sudo=True,
        groups="base.group_user",
    )
    shipped_lot_ids = fields.Many2many(
        "stock.lot",
        string="Rolls Shipped to the Customer",
        compute="_compute_shipped_lot_ids",
        compute_sudo=True,
        groups="base.group_user",
    )

    _defect_came = models.Index("(defect_id, create_date)")
    _customer_defect = models.Index("(commercial_partner_id, defect_id)")

    @api.depends("number", "name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for ticket in self.filtered(lambda rec: rec.number == "/" or not rec.name):  # not stored yet
            ticket.display_name = ticket.name or self.env._("New Feedback")
        return result

    # What was shipped to whom

    @api.model
    def _shipped_kg(self, lots, customers):
        """Return ``{(lot id, customer id): kg}`` that went to these customers, what came back taken off; one query."""
        if not lots.ids or not customers.ids:
            return {}
        moves = self.env["stock.move.line"]
        moves.flush_model(["lot_id", "state", "quantity_product_uom", "location_id", "location_dest_id"])
        rows = self.env.execute_query(
            SQL(
                """SELECT line.lot_id, party.commercial_partner_id,
                          sum(CASE WHEN dest.usage = 'customer' THEN line.quantity_product_uom
                                   ELSE -line.quantity_product_uom END),
                          template.uom_id
                     FROM stock_move_line line
                     JOIN stock_move move ON move.id = line.move_id
                     JOIN stock_picking picking ON picking.id = move.picking_id
                     JOIN res_partner party ON party.id = picking.partner_id
                     JOIN stock_location source ON source.id = line.location_id
                     JOIN stock_location dest ON dest.id = line.location_dest_id
                     JOIN product_product product ON product.id = line.product_id
                     JOIN product_template template ON template.id = product.product_tmpl_id
                    WHERE line.lot_id = ANY(%s) AND line.state = 'done' AND party.commercial_partner_id = ANY(%s)
                      AND (dest.usage = 'customer') <> (source.usage = 'customer')
                    GROUP BY 1, 2, 4""",
                lots.ids,
                customers.ids,
            )
        )
        # sudo: units are everybody's
        units = self.env["uom.uom"].sudo()
        return {(lot, party): units.browse(unit)._paper_kg(quantity) for lot, party, quantity, unit in rows if quantity > 0}

    def _shipped_domain(self):
        """Return the domain of the done moves that brought goods to the ticket's customer."""
        self.ensure_one()
        domain = [
            ("state", "=", "done"),
            ("location_dest_id.usage", "=", "customer"),
            ("picking_id.partner_id.commercial_partner_id", "=", self.commercial_partner_id.id),
        ]
        return [*domain, ("move_id.sale_line_id.order_id", "=", self.sale_order_id.id)] if self.sale_order_id else domain

    @api.depends("partner_id", "sale_order_id")
    @api.depends_context("uid")
    def _compute_shipped_lot_ids(self):
        # sales offer what was shipped to the customer without reading transfers
        lines = self.env["stock.move.line"]
        readable = self.env(su=False)["stock.lot"].has_access("read")  # who answers a question about a case need not read rolls
        for ticket in self:
            domain = [*ticket._shipped_domain(), ("lot_id", "!=", False)]
            asked = readable and ticket.commercial_partner_id
            ticket.shipped_lot_ids = lines.search(domain, order="id desc", limit=400).lot_id if asked else False

    @api.depends("partner_id")
    @api.depends_context("uid")
    def _compute_recent_picking_ids(self):
        pickings = self.env["stock.picking"]
        readable = self.env(su=False)["stock.picking"].has_access(
            "read"
        )  # who answers a question about a case need not read transfers
        for ticket in self:
            domain = [
                ("partner_id.commercial_partner_id", "=", ticket.commercial_partner_id.id),
                ("state", "=", "done"),
                ("location_dest_id.usage", "=", "customer"),
            ]
            asked = readable and ticket.commercial_partner_id
            ticket.recent_picking_ids = pickings.search(domain, order="date_done desc", limit=5) if asked else False

    @api.constrains("lot_id", "partner_id", "sale_order_id")
    def _check_lot_was_shipped(self):
        """Refuse a roll that never went to this customer (R7.1.1).

        :raises TicketOrderError: naming the roll
        """
        # sudo: the rule is the same whoever writes it down
        named = self.sudo().filtered("lot_id")
        shipped = self._shipped_kg(named.lot_id, named.commercial_partner_id)
        for ticket in named:
            if (ticket.lot_id.id, ticket.commercial_partner_id.id) not in shipped:
                raise TicketOrderError(
                    self.env._(
                        "“%(roll)s” was never shipped to %(customer)s. Check the number on its label.",
                        roll=ticket.lot_id.name,
                        customer=ticket.commercial_partner_id.display_name or self.env._("this customer"),
                    )
                )

    # Claimed and accepted

    @api.depends("claim_roll_ids.accepted_kg")
    def _compute_accepted_kg(self):
        for ticket in self:
            ticket.accepted_kg = sum(ticket.claim_roll_ids.mapped("accepted_kg"))

    def _claim_changed(self):
        """Follow the claimed rolls: their kilograms are the ticket's, and the rules of severity are asked again."""
        # sudo: the figure follows from the rolls, whoever enters them
        for ticket in self.sudo():
            total = sum(ticket.claim_roll_ids.mapped("kg"))
            if total and abs(total - ticket.claimed_kg) > 0.05:
                ticket.claimed_kg = total
        self._judge_severity()

    def _claimed_share(self):
        """Return what part of the order's kilograms is claimed, in percent; 0 where there is no order."""
        self.ensure_one()
        lines = self.sale_order_line_id or self.sale_order_id.order_line.filtered("paper_spec_id")
        whole = sum(line.product_uom_id._paper_kg(line.product_uom_qty) or 0.0 for line in lines)
        return 100 * self.claimed_kg / whole if whole else 0.0

    def _check_case_open(self):
        """Refuse to change what belongs to a closed case (R7.3.1).

        :raises TicketClosedError: naming the ticket
        """
        for ticket in self.sudo().filtered("closed"):  # sudo: the rule is the same whatever the user may read
            raise TicketClosedError(
                self.env._("Ticket %(ticket)s is closed and in the archive: reopen it with a reason first.", ticket=ticket.number)
            )

    # How serious, by rules

    def _judge_severity(self):
        """Raise tickets to serious for which a rule holds; what the management judged less serious stays so (R7.1.1)."""
        # sudo: the rules are asked whoever reports
        general = self.sudo().filtered(lambda rec: rec.severity == "general" and not rec.closed and not rec.lowered_reason)
        for company, tickets in general.grouped("company_id").items():
            rules = self.env["paper.severity.rule"]._rules_of(company)
            for ticket in tickets:
                rule = next((rule for rule in rules if rule._holds(ticket)), None)
                if rule:
                    ticket._by_step().write({"severity_rule_id": rule.id})
                    ticket.write({"severity": "serious"})

    # In time or not

    def _claim_start(self):
        """Return the day on which the customer had the goods, None without proof. Override where a proof is known."""
        self.ensure_one()
        pickings = self._claim_pickings()
        done = max(filter(None, pickings.mapped("date_done")), default=None)
        return self._clock_company()._paper_day(done) if done else None

    def _claim_pickings(self):
        """Return the deliveries that the complaint may be about, of the named rolls if there are any; in sudo."""
        # sudo: the window is told to who reads no transfers
        lots = self.sudo().lot_id | self.sudo().claim_roll_ids.lot_id
        if lots:
            lines = self.env["stock.move.line"].sudo().search([*self._shipped_domain(), ("lot_id", "in", lots.ids)])
            return lines.picking_id
        return self.sudo().sale_order_id.picking_ids.filtered(
            lambda picking: picking.state == "done" and picking.location_dest_id.usage == "customer"
        )

    def _claim_days(self):
        """Return the days from receipt within which the defect is claimed. Override where a contract says it."""
        company = self._clock_company()
        return company.paper_claim_days_hidden if self.defect_id.hidden else company.paper_claim_days_visible

    @api.depends("defect_id", "sale_order_id", "lot_id", "claim_roll_ids", "waived_on", "reported_on")
    def _compute_claim_window(self):
        for ticket in self:
            start = ticket._claim_start() if ticket.sale_order_id or ticket.lot_id or ticket.claim_roll_ids else None
            days = ticket._claim_days()
            ticket.claim_until = start + relativedelta(days=days) if start and days else False
            reported = ticket._clock_company()._paper_day(ticket.reported_on or ticket.create_date or fields.Datetime.now())
            late = bool(ticket.claim_until and reported > ticket.claim_until)
            ticket.claim_window = "waived" if late and ticket.waived_on else "late" if late else "open" if start else "none"

    def action_waive_window(self, reason=None):
        """Accept a claim though it came too late, with a reason; the management (R7.1.1)."""
        self._check_act("waive_window")
        if not said(reason):
            return self._ask_reason("action_waive_window")
        # sudo: the step was checked
        self.sudo()._by_step().write(
            {"waived_by_id": self.env.uid, "waived_on": fields.Datetime.now(), "waived_reason": said(reason)}
        )
        return True

    # Nobody's

    @api.model
    def _cron_nobodys(self):
        """Tell the management of feedback that is nobody's for two working hours (R7.1.1)."""
        free = self.search([("user_id", "=", False), ("stage_id.closed", "=", False), ("nobody_on", "=", False)])
        now = fields.Datetime.now()
        late = free.filtered(lambda rec: rec._clock_company()._paper_add_working_minutes(rec.create_date, NOBODYS_MINUTES) <= now)
        for ticket in late:
            ticket._clock_company()._paper_tell(
                MANAGEMENT, ticket, lambda own: own.env._("Nobody has taken it for two working hours: %(what)s", what=own.name),
                kind="nobody",
            )  # fmt: skip
        late._by_step().write({"nobody_on": now})
