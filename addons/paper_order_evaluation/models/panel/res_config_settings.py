from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_evaluation_days = fields.Integer(related="company_id.paper_evaluation_days", readonly=False)
    paper_evaluation_min_margin = fields.Float(related="company_id.paper_evaluation_min_margin", readonly=False)
    paper_evaluation_quorum = fields.Integer(related="company_id.paper_evaluation_quorum", readonly=False)
    paper_evaluation_seats_per_person = fields.Integer(
        related="company_id.paper_evaluation_seats_per_person", readonly=False
    )
    paper_mandatory_dimension_ids = fields.Many2many(related="company_id.paper_mandatory_dimension_ids", readonly=False)
    paper_sample_dimension_ids = fields.Many2many(related="company_id.paper_sample_dimension_ids", readonly=False)
    paper_evaluation_chair_group_id = fields.Many2one(
        related="company_id.paper_evaluation_chair_group_id", readonly=False
    )
    paper_evaluation_chair_ids = fields.Many2many(related="company_id.paper_evaluation_chair_ids", readonly=False)
    paper_evaluation_offer_days = fields.Integer(related="company_id.paper_evaluation_offer_days", readonly=False)
