from odoo import api, fields, models

from ...exceptions import ClaimQuantityError, ClaimRollError, TicketClosedError

SALES_QUALITY = ("paper_base.group_sales", "paper_base.group_quality", "paper_base.group_management")
JUDGES = ("paper_base.group_quality", "paper_base.group_management")


class PaperClaimRoll(models.Model):
    """A roll or pallet that a customer claims, with its kilograms and what quality found (R7.1.1). Only what was shipped to this
    customer, no more than was shipped, and each kilogram once; with its ticket it is frozen (R7.3.1).
    """

    _name = "paper.claim.roll"
    _description = "Claimed Roll"
    _inherit = ["paper.step.mixin"]
    _order = "ticket_id, id"
    _check_company_auto = True
    _evidence_states = ()
    _field_error = ClaimRollError
    _locked_error = TicketClosedError

    ticket_id = fields.Many2one("helpdesk.ticket", required=True, ondelete="cascade", index=True, by_hand={"new": ()})
    company_id = fields.Many2one(related="ticket_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="ticket_id.commercial_partner_id", string="Customer", store=True, index=True)
    lot_id = fields.Many2one(
        "stock.lot", string="Reel or Pallet", required=True, ondelete="restrict", index=True, check_company=True
    )
    product_id = fields.Many2one(related="lot_id.product_id")
    shipped_kg = fields.Float(
        string="Shipped (kg)",
        digits=(16, 1),
        compute="_compute_shipped_kg",
        help="What of it went to this customer, returns off.",
    )
    kg = fields.Float(string="Claimed (kg)", digits=(16, 1), help="0 when it is entered: all that was shipped of it.")
    accepted_kg = fields.Float(
        string="Accepted (kg)", digits=(16, 1), by_hand={"any": JUDGES}, help="Of the claimed kilograms, as quality found."
    )
    verdict = fields.Selection(
        [("accepted", "Justified"), ("partly", "Partly Justified"), ("rejected", "Not Justified")], by_hand={"any": JUDGES}
    )
    note = fields.Char(help="What is wrong with it, and where: edge, core, layers from … to … m.")

    _kg_positive = models.Constraint("CHECK(kg >= 0 AND accepted_kg >= 0)", "Kilograms cannot be negative.")
    _once = models.UniqueIndex("(ticket_id, lot_id)", "This roll stands in the complaint already.")

    @api.depends("lot_id", "ticket_id.partner_id")
    def _compute_shipped_kg(self):
        shipped = self.env["helpdesk.ticket"]._shipped_kg(self.lot_id, self.ticket_id.commercial_partner_id)
        for roll in self:
            roll.shipped_kg = shipped.get((roll.lot_id.id, roll.ticket_id.commercial_partner_id.id), 0.0)

    @api.depends("lot_id", "kg")
    def _compute_display_name(self):
        for roll in self:
            roll.display_name = f"{roll.lot_id.name} ({roll.kg:.10g} kg)"

    # Rules

    @api.model_create_multi
    def create(self, vals_list):
        self.env["helpdesk.ticket"].browse({vals.get("ticket_id") for vals in vals_list} - {None, False})._check_case_open()
        rolls = super().create(vals_list)
        rolls.ticket_id._check_case_open()
        for roll in rolls.filtered(lambda rec: not rec.kg):
            roll.kg = roll.shipped_kg
        rolls.ticket_id._claim_changed()
        return rolls

    def write(self, vals):
        self.ticket_id._check_case_open()
        result = super().write(vals)
        if vals.keys() & {"kg", "lot_id"}:
            self.ticket_id._claim_changed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_while_open(self):
        self.ticket_id._check_case_open()

    @api.constrains("lot_id", "kg", "accepted_kg", "ticket_id")
    def _check_claim(self):
        """Refuse foreign rolls, more than was shipped, and a second claim on the same kilograms (R7.1.1).

        :raises ClaimRollError: a roll that never went to this customer
        :raises ClaimQuantityError: more kilograms than were shipped, or claimed twice, or accepted than claimed
        """
        # sudo: the rule is the same whoever writes the claim down
        own = self.sudo()
        own.invalidate_recordset(["shipped_kg"])
        claimed = own._claimed_elsewhere()
        for roll in own:
            customer = roll.ticket_id.commercial_partner_id
            words = {"roll": roll.lot_id.name, "customer": customer.display_name or self.env._("this customer")}
            if not roll.shipped_kg:
                raise ClaimRollError(
                    self.env._("“%(roll)s” was never shipped to %(customer)s. Check the number on its label.", **words)
                )
            words |= {"kg": f"{roll.kg:.10g}", "shipped": f"{roll.shipped_kg:.10g}"}
            if roll.kg > roll.shipped_kg + 0.05:
                raise ClaimQuantityError(
                    self.env._("“%(roll)s”: %(kg)s kg are claimed, but only %(shipped)s kg were shipped.", **words)
                )
            others = claimed.get((roll.lot_id.id, customer.id), [])
            elsewhere = sum(kg for ticket, kg in others if ticket != roll.ticket_id)
            if roll.kg + elsewhere > roll.shipped_kg + 0.05:
                words["others"] = ", ".join(sorted({ticket.number for ticket, _kg in others if ticket != roll.ticket_id}))
                words["elsewhere"] = f"{elsewhere:.10g}"
                raise ClaimQuantityError(
                    self.env._(
                        "“%(roll)s”: of its %(shipped)s kg %(elsewhere)s kg are claimed already in %(others)s; the same "
                        "kilograms are not claimed twice.",
                        **words,
                    )
                )
            if roll.accepted_kg > roll.kg + 0.05:
                raise ClaimQuantityError(self.env._("“%(roll)s”: not more is accepted than the claimed %(kg)s kg.", **words))

    def _claimed_elsewhere(self):
        """Return ``{(lot id, customer id): [(ticket, kg), …]}`` of all claims on these rolls that count; one query."""
        claims = self.search([("lot_id", "in", self.lot_id.ids), ("ticket_id.stage_id.paper_unfounded", "=", False)])
        found = {}
        for claim in claims:
            found.setdefault((claim.lot_id.id, claim.ticket_id.commercial_partner_id.id), []).append((claim.ticket_id, claim.kg))
        return found
