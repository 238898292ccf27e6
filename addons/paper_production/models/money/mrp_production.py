from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "extra_cost")}
