from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    name = fields.Char(index="trigram")
