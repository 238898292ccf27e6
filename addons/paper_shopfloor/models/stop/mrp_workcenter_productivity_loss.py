from odoo import api, fields, models

from ...exceptions import FloorError


class MrpWorkcenterProductivityLoss(models.Model):
    """A reason of a stop, in a tree: mechanical › bearing, felt; the tablet asks for it from above."""

    _inherit = "mrp.workcenter.productivity.loss"

    paper_parent_id = fields.Many2one(
        "mrp.workcenter.productivity.loss", string="Above", index="btree_not_null", ondelete="restrict"
    )
    paper_child_ids = fields.One2many("mrp.workcenter.productivity.loss", "paper_parent_id", string="Below")
    paper_code = fields.Char(string="Code", help="Such as M-02.")
    paper_full_name = fields.Char(string="Whole Reason", compute="_compute_paper_full_name", recursive=True)

    @api.depends("name", "paper_parent_id.paper_full_name")
    def _compute_paper_full_name(self):
        for loss in self:
            above = loss.paper_parent_id
            loss.paper_full_name = f"{above.paper_full_name} › {loss.name}" if above else loss.name

    @api.constrains("paper_parent_id")
    def _check_no_circle(self):
        if self._has_cycle("paper_parent_id"):
            raise FloorError(self.env._("A reason is not above itself."))
