from odoo import api, fields, models
from odoo.tools import SQL

from .paper_defect import GROUPS


class PaperSeverityRule(models.Model):
    """When a complaint is serious without anybody judging it: a group of defects or one defect, so many kilograms or so much of
    the order, a class of customers, the same again within days, a customer's machine that stands, a danger to people (R7.1.1).
    All that a rule names has to hold. Kept by quality and management; rules raise, only the management lowers.
    """

    _name = "paper.severity.rule"
    _description = "Rule of Severity"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True, help="The reason that stands in the ticket.")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", index=True, help="Empty: for every company.")
    group = fields.Selection(GROUPS, string="Group of Defects", help="Empty: every group.")
    defect_id = fields.Many2one("paper.defect", ondelete="restrict", help="Empty: every defect.")
    category_id = fields.Many2one(
        "res.partner.category", string="Customer Class", ondelete="restrict", help="Empty: every customer."
    )
    min_kg = fields.Float(string="From (kg)", digits=(16, 1), help="Claimed kilograms from which the rule holds; 0: any.")
    min_share = fields.Float(string="From (% of the order)", digits=(5, 1), help="Claimed part of the order's kilograms; 0: any.")
    repeat_count = fields.Integer(
        string="Complaints",
        help="How many complaints of the customer about the same defect within the days, this one included; 0: any.",
    )
    repeat_days = fields.Integer(string="Within (days)", default=90)
    stops_customer = fields.Boolean(string="Customer's Production Stands Still")
    is_danger = fields.Boolean(string="People Are in Danger")

    _figures = models.Constraint(
        "CHECK(min_kg >= 0 AND min_share >= 0 AND min_share <= 100 AND repeat_count >= 0 AND repeat_days >= 0)",
        "Figures of a rule are not negative, and a share is at most 100 %.",
    )
    _says_something = models.Constraint(
        'CHECK("group" IS NOT NULL OR defect_id IS NOT NULL OR category_id IS NOT NULL OR min_kg > 0 OR min_share > 0'
        " OR repeat_count > 0 OR stops_customer OR is_danger)",
        "A rule of severity names at least one condition.",
    )

    @api.model
    def _rules_of(self, company):
        # sudo: a customer who reports sets off the rules without reading them
        return self.sudo().search([("company_id", "in", (False, company.id))])

    def _holds(self, ticket):
        """Say whether all that the rule names holds for a ticket (R7.1.1)."""
        self.ensure_one()
        classes = ticket.partner_id.category_id | ticket.commercial_partner_id.category_id
        return all(
            (
                not self.group or ticket.defect_id.group == self.group,
                not self.defect_id or ticket.defect_id == self.defect_id,
                not self.category_id or self.category_id in classes,
                not self.min_kg or ticket.claimed_kg >= self.min_kg,
                not self.min_share or ticket._claimed_share() >= self.min_share,
                not self.stops_customer or ticket.stops_customer,
                not self.is_danger or ticket.is_danger,
                not self.repeat_count or self._repeats(ticket) >= self.repeat_count,
            )
        )

    def _repeats(self, ticket):
        """Return how many complaints about the same defect the customer made within the days, this one included."""
        if not ticket.defect_id or not ticket.commercial_partner_id:
            return 0
        ticket.flush_model(["defect_id", "commercial_partner_id", "stage_id"])
        [(count,)] = self.env.execute_query(
            SQL(
                """SELECT count(*) FROM helpdesk_ticket other
                    WHERE other.commercial_partner_id = %s AND other.defect_id = %s
                      AND other.create_date >= %s::timestamp - make_interval(days => %s) AND other.create_date <= %s AND %s""",
                ticket.commercial_partner_id.id,
                ticket.defect_id.id,
                ticket.create_date,
                self.repeat_days,
                ticket.create_date,
                ticket._paper_counts_sql(SQL("other")),
            )
        )
        return count
