from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class MrpWorkcenter(models.Model):
    _name = "mrp.workcenter"
    _inherit = ["mrp.workcenter", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "costs_hour")}
