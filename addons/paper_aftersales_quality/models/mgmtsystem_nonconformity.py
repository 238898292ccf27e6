from odoo import fields, models


class MgmtsystemNonconformity(models.Model):
    _inherit = "mgmtsystem.nonconformity"

    complaint_ids = fields.One2many("helpdesk.ticket", "nonconformity_id", string="Complaints", readonly=True)
