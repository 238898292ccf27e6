from odoo import api, fields, models

METHODS = [("phone", "Phone"), ("questionnaire", "Questionnaire"), ("onsite", "On Site")]


class PaperVisitRule(models.Model):
    """When quality visits a customer after a delivery, and how (R7.2.1): for every customer or for one
    class of customers, so many working days after the first delivery of an order. The quality
    department keeps the rules.
    """

    _name = "paper.visit.rule"
    _description = "Quality Visit Rule"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", help="Empty: for every company.", index=True)
    category_id = fields.Many2one(
        "res.partner.category", string="Customer Class", help="Empty: for every customer.", ondelete="restrict"
    )
    days = fields.Integer(
        string="After Delivery (working days)",
        required=True,
        default=15,
        help="The visit is due so many working days after the first delivery of the order.",
    )
    method = fields.Selection(METHODS, required=True, default="phone")
    user_id = fields.Many2one(
        "res.users", string="Visitor", domain=[("share", "=", False)], help="Empty: anybody of the quality department."
    )

    _days_positive = models.Constraint("CHECK(days > 0)", "A visit is due at least one working day after the delivery.")

    @api.model
    def _rules_of(self, company):
        """Return the rules of a company, the common ones included."""
        # sudo: whoever ships the goods sets off the visits without reading their rules
        return self.sudo().search([("company_id", "in", (False, company.id))])

    def _applies_to(self, order):
        """Say whether the rule asks for a visit after a delivery of ``order``."""
        self.ensure_one()
        classes = order.partner_id.category_id | order.partner_id.commercial_partner_id.category_id
        return not self.category_id or self.category_id in classes
