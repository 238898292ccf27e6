from odoo import models
from odoo.addons.paper_base.models.money.paper_figures_hidden import MONEY


class MrpRoutingWorkcenter(models.Model):
    _name = "mrp.routing.workcenter"
    _inherit = ["mrp.routing.workcenter", "paper.figures.hidden"]
    _hidden_figures = {"cost": (MONEY, "cost")}
