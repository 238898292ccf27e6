from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    company_currency_id = fields.Many2one(related="company_id.currency_id", string="Company Currency")
    paper_credit_validity_months = fields.Integer(related="company_id.paper_credit_validity_months", readonly=False)
    paper_credit_overdue_days = fields.Integer(related="company_id.paper_credit_overdue_days", readonly=False)
    paper_credit_months = fields.Float(related="company_id.paper_credit_months", readonly=False)
    paper_credit_good_percent = fields.Float(related="company_id.paper_credit_good_percent", readonly=False)
    paper_credit_poor_percent = fields.Float(related="company_id.paper_credit_poor_percent", readonly=False)
    paper_credit_fair_prepayment = fields.Float(related="company_id.paper_credit_fair_prepayment", readonly=False)
    paper_credit_poor_prepayment = fields.Float(related="company_id.paper_credit_poor_prepayment", readonly=False)
    paper_credit_new_limit = fields.Monetary(
        related="company_id.paper_credit_new_limit", readonly=False, currency_field="company_currency_id"
    )
    paper_credit_new_prepayment = fields.Float(related="company_id.paper_credit_new_prepayment", readonly=False)
    paper_credit_reminder_days = fields.Integer(related="company_id.paper_credit_reminder_days", readonly=False)
    paper_security_days = fields.Integer(related="company_id.paper_security_days", readonly=False)
