from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_evaluation_days = fields.Integer(related="company_id.paper_evaluation_days", readonly=False)
    paper_evaluation_min_margin = fields.Float(related="company_id.paper_evaluation_min_margin", readonly=False)
    paper_evaluation_quorum = fields.Integer(related="company_id.paper_evaluation_quorum", readonly=False)
    paper_evaluation_seats_per_person = fields.Integer(
        related="company_id.paper_evaluation_seats_per_person", readonly=False
    )
    paper_evaluation_needs_sales = fields.Boolean(related="company_id.paper_evaluation_needs_sales", readonly=False)
    paper_evaluation_needs_capacity = fields.Boolean(related="company_id.paper_evaluation_needs_capacity", readonly=False)
    paper_evaluation_needs_materials = fields.Boolean(related="company_id.paper_evaluation_needs_materials", readonly=False)
    paper_evaluation_needs_technical = fields.Boolean(related="company_id.paper_evaluation_needs_technical", readonly=False)
    paper_evaluation_needs_cost = fields.Boolean(related="company_id.paper_evaluation_needs_cost", readonly=False)
    paper_sample_needs_sales = fields.Boolean(related="company_id.paper_sample_needs_sales", readonly=False)
    paper_sample_needs_capacity = fields.Boolean(related="company_id.paper_sample_needs_capacity", readonly=False)
    paper_sample_needs_materials = fields.Boolean(related="company_id.paper_sample_needs_materials", readonly=False)
    paper_sample_needs_technical = fields.Boolean(related="company_id.paper_sample_needs_technical", readonly=False)
    paper_sample_needs_cost = fields.Boolean(related="company_id.paper_sample_needs_cost", readonly=False)
    paper_evaluation_chair_group_id = fields.Many2one(
        related="company_id.paper_evaluation_chair_group_id", readonly=False
    )
    paper_evaluation_chair_ids = fields.Many2many(related="company_id.paper_evaluation_chair_ids", readonly=False)
    paper_evaluation_offer_days = fields.Integer(related="company_id.paper_evaluation_offer_days", readonly=False)
