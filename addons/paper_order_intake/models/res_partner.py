from odoo import fields, models


class ResPartner(models.Model):
    _inherit = "res.partner"

    paper_credit_review_ids = fields.One2many(
        "paper.credit.review",
        "partner_id",
        string="Credit Reviews",
        groups="paper_base.group_sales,paper_base.group_credit,paper_base.group_finance,paper_base.group_management",
    )
