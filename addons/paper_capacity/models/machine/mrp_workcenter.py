from odoo import api, fields, models


class MrpWorkcenter(models.Model):
    _inherit = "mrp.workcenter"

    paper_power = fields.Float(
        string="Electricity (kWh per hour)",
        digits=(16, 2),
        groups="mrp.group_mrp_user,paper_base.group_finance,paper_base.group_paper_overview",
    )
    paper_steam = fields.Float(
        string="Steam (t per hour)",
        digits=(16, 3),
        groups="mrp.group_mrp_user,paper_base.group_finance,paper_base.group_paper_overview",
    )
    paper_crew = fields.Float(
        string="Crew (people)",
        digits=(16, 2),
        groups="mrp.group_mrp_user,paper_base.group_finance,paper_base.group_paper_overview",
        help="People who run it. Their hours are costed beside the cost per hour of the work center.",
    )
    paper_capability_ids = fields.One2many("paper.machine.capability", "workcenter_id", string="Capability")
    paper_capability_id = fields.Many2one(
        "paper.machine.capability", string="What It Can Make", compute="_compute_paper_capability_id"
    )

    _paper_drivers_positive = models.Constraint(
        "CHECK(COALESCE(paper_power, 0) >= 0 AND COALESCE(paper_steam, 0) >= 0 AND COALESCE(paper_crew, 0) >= 0)",
        "The cost drivers of a machine cannot be negative.",
    )

    @api.depends("paper_capability_ids")
    def _compute_paper_capability_id(self):
        for workcenter in self:
            workcenter.paper_capability_id = workcenter.paper_capability_ids[:1]

    def action_paper_capability(self):
        """Open what the machine can make, or a new sheet for it."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_capacity.action_paper_machine_capability")
        return {
            **action,
            "view_mode": "form",
            "views": [(False, "form")],
            "res_id": self.paper_capability_ids[:1].id,
            "context": {"default_workcenter_id": self.id},
        }
