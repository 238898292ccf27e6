from odoo import api, fields, models


class MrpWorkorder(models.Model):
    """What a crew reads in the list of work: for which order which paper is made, and until when (R5.3.1)."""

    _inherit = "mrp.workorder"

    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    paper_origin = fields.Char(related="production_id.origin", string="Order", help="")
    paper_deadline = fields.Datetime(related="production_id.date_deadline", string="Deadline", help="")
    paper_can_start = fields.Boolean(compute="_compute_paper_can_start")

    @api.depends("state", "production_id.paper_plan_id.state", "production_id.state")
    def _compute_paper_can_start(self):
        """Tell whose button to start is shown: paper is made in turn and by an approved plan, other goods as Odoo has it."""
        for work in self:
            production = work.production_id
            in_turn = work.state in ("ready", "progress") and production._is_released()
            work.paper_can_start = in_turn or not production.product_id.is_paper
