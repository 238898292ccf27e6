from odoo import models


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.cost.hidden"]
    _costs = ("extra_cost",)
