from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class MrpWorkorder(models.Model):
    _name = "mrp.workorder"
    _inherit = ["mrp.workorder", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "costs_hour")}
