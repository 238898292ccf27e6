from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    paper_completion_days = fields.Integer(related="company_id.paper_completion_days", readonly=False)
    paper_completion_link_days = fields.Integer(related="company_id.paper_completion_link_days", readonly=False)
    paper_completion_reminder_days = fields.Integer(related="company_id.paper_completion_reminder_days", readonly=False)
    paper_completion_reminders = fields.Integer(related="company_id.paper_completion_reminders", readonly=False)
