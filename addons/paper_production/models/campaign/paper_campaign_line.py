from odoo import fields, models


class PaperCampaignLine(models.Model):
    """What of a campaign is made for one manufacturing order, and when it will be made (R5.1.1)."""

    _name = "paper.campaign.line"
    _description = "Demand in a Campaign"
    _inherit = ["paper.step.mixin"]
    _order = "campaign_id, sequence, id"
    _rec_name = "production_id"
    _all_by_steps = True
    _evidence_states = ()

    campaign_id = fields.Many2one("paper.campaign", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="campaign_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", index="btree_not_null", ondelete="cascade")
    origin = fields.Char(related="production_id.origin", string="Order", help="")
    spec_id = fields.Many2one(related="production_id.paper_spec_id", string="Specification")
    kg = fields.Float(string="Planned (kg)", digits=(16, 0))
    date_end = fields.Datetime(string="Made on")
    due = fields.Datetime(help="When it has to be made at the latest for what was promised.")
    late_hours = fields.Float(string="Late (h)", digits=(16, 1))
