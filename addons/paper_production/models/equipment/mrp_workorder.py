from odoo import models

from ...exceptions import SetupOpenError


class MrpWorkorder(models.Model):
    _inherit = "mrp.workorder"

    def _check_set_up(self):
        """Refuse to begin a campaign whose machine is not set up (R5.2.2).

        :raises SetupOpenError: naming the set-up and its open tasks
        """
        works = self.filtered(lambda work: work.production_id.paper_campaign_id and work._paper_is_web())
        campaigns = works.production_id.paper_campaign_id
        if not campaigns:
            return
        # sudo: the rule is the same whatever the user may read
        setups = self.env["paper.setup"].sudo().search([("campaign_id", "in", campaigns.ids), ("state", "=", "open")], limit=1)
        for setup in setups:
            raise SetupOpenError(
                self.env._(
                    "%(setup)s: the machine is not set up. Still to do: %(tasks)s. The production supervisor can waive it, "
                    "saying why.",
                    setup=setup.name,
                    tasks=", ".join(setup.task_ids.filtered(lambda task: not task.done_on).mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(setup),
            )

    def action_paper_breakdown(self):
        """Open the report of a breakdown of the machine (R5.2.2)."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_production.action_paper_breakdown")
        return {**action, "context": {"default_workcenter_id": self.workcenter_id.id}}
