from odoo import models


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "paper.cost.hidden"]
    _costs = ("costs_hour",)
