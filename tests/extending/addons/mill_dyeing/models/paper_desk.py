from odoo import api, models
from odoo.addons.paper_base.lib.desk import Task


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_tasks(self):
        """A task of the workshop's desk: what is to be dyed."""
        domain = [("colour", "!=", False), ("dyed_on", "=", False), ("state", "=", "sale")]
        task = Task(
            code="to_dye",
            name=self.env._("Dye"),
            departments=("workshop",),
            model="sale.order",
            domain=domain,
            action="paper_base.action_paper_orders",
            title=("name",),
            order="id",
            step="dye",
        )
        return [*super()._paper_tasks(), task]
