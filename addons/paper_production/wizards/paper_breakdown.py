from datetime import timedelta

from odoo import fields, models
from odoo.addons.paper_base.exceptions import PaperError
from odoo.addons.paper_base.lib.words import said

from ..exceptions import BreakdownError


class PaperBreakdown(models.TransientModel):
    """The report of a breakdown: the machine is closed until it is expected to run again, its work pauses, the plans that
    count on it are looked at and proposed anew, and who must know is told (R5.2.2, P7)."""

    _name = "paper.breakdown"
    _description = "Report of a Breakdown"

    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True)
    equipment_id = fields.Many2one("maintenance.equipment", domain="[('paper_workcenter_id', '=', workcenter_id)]")
    description = fields.Char(string="What Happened", required=True)
    hours = fields.Float(
        string="Runs Again in (h)", required=True, default=8.0, help="Estimate: until then the machine is closed."
    )

    def action_report(self):
        """Close the machine, pause its work, tell and propose.

        :return: the action that opens the repair
        :raises BreakdownError: without a description, an estimate or equipment of the machine
        """
        self.ensure_one()
        centre, what = self.workcenter_id, said(self.description)
        # sudo: whoever sees a machine break reports it, with no right on its equipment
        equipments = self.env["maintenance.equipment"].sudo()
        equipment = self.equipment_id.sudo()  # sudo: as above
        equipment = equipment or equipments.search([("paper_workcenter_id", "=", centre.id)], limit=1)
        if not what or self.hours <= 0:
            raise BreakdownError(
                self.env._("Say what happened to %(machine)s, and in how many hours it runs again.", machine=centre.name)
            )
        if not equipment or equipment.paper_workcenter_id != centre:
            raise BreakdownError(self.env._("%(machine)s has no equipment to be repaired: enter it first.", machine=centre.name))
        now = fields.Datetime.now()
        running = self.env["mrp.workorder"].search([("workcenter_id", "=", centre.id), ("state", "=", "progress")])
        running.filtered("is_user_working").button_pending()
        # sudo: as above
        request = self.env["maintenance.request"].sudo().create(
            {
                "name": f"{centre.name}: {what}",
                "equipment_id": equipment.id,
                "company_id": centre.company_id.id,
                "maintenance_type": "corrective",
                "priority": "3",
                "schedule_date": now,
                "schedule_end": now + timedelta(hours=self.hours),
                "paper_stops_machine": True,
            }
        )
        centre.company_id._paper_tell("paper_base.group_equipment", request, lambda one: one.name, kind="breakdown")
        # sudo: as above
        plans = self.env["paper.production.plan"].sudo().search(
            [("state", "=", "approved"), ("production_ids.workorder_ids.workcenter_id", "=", centre.id)]
        )
        plans._watch()
        disturbed = plans.filtered("disturbed")
        try:
            with self.env.cr.savepoint():
                disturbed._propose_after(request.name)
        except PaperError as error:
            # The machine is closed and people are told; what cannot be planned anew, planning sees for itself.
            for plan in disturbed:
                plan.message_post(body=str(error))
        # sudo: what the person may open of it is another question
        return self.env["paper.way.out"]._offered(self.env["paper.way.out"]._open(request.sudo(False))) or True
