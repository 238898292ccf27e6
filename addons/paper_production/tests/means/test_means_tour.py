from datetime import timedelta

from odoo import Command, fields
from odoo.addons.paper_production.tests.campaign.common import PaperCampaignCommon
from odoo.tests import HttpCase, tagged


@tagged("post_install", "-at_install")
class TestMeansTour(PaperCampaignCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.machine.alternative_workcenter_ids = False

    def test_purchasing_buys(self):
        """R5.2.1 (acceptance): purchasing opens the material plan of a submitted plan and makes its requests for quotation."""
        supplier = self.env["res.partner"].create({"name": "Pulp mill"})
        self.env["product.supplierinfo"].create(
            {"partner_id": supplier.id, "product_tmpl_id": self.pulp.product_tmpl_id.id, "price": 4, "delay": 3}
        )
        plan = self.create_plan(self.order(80, tonnes=900, due=90))
        plan.action_submit()
        self.start_tour("/odoo/paper-material-plans", "paper_production_buy", login=self.users["purchasing"].login)
        self.assertEqual(plan.material_plan_ids.state, "ordered")
        self.assertEqual(plan.material_plan_ids.purchase_ids.partner_id, supplier)

    def test_equipment_sets_up(self):
        """R5.2.2 (acceptance): the equipment department opens the set-up of a campaign and says that its tasks are done."""
        self.env["paper.setup.template"].create(
            {"name": "Change", "workcenter_id": self.machine.id, "line_ids": [Command.create({"name": "Change the felt"})]}
        )
        plan = self.in_force(self.order(80))
        self.start_tour("/odoo/paper-setups", "paper_production_set_up", login=self.users["equipment"].login)
        self.assertEqual(plan.setup_ids.state, "done")

    def test_planning_assigns(self):
        """R5.2.3 (acceptance): planning opens the crew plan, assigns the teams and confirms it."""
        kind = self.env["hr.skill.type"].create(
            {
                "name": "Machines",
                "skill_ids": [Command.create({"name": "Tender"})],
                "skill_level_ids": [Command.create({"name": "Sound", "level_progress": 100, "default_level": True})],
            }
        )
        person = self.env["hr.employee"].create({"name": "Tender of A"})
        self.env["hr.employee.skill"].create(
            {
                "employee_id": person.id,
                "skill_id": kind.skill_ids.id,
                "skill_level_id": kind.skill_level_ids.id,
                "skill_type_id": kind.id,
                "valid_from": fields.Date.subtract(self.env.company._paper_today(), days=9),
            }
        )
        self.env["paper.crew.team"].create({"name": "A", "employee_ids": [Command.set(person.ids)]})
        self.env["paper.crew.capacity"].create(
            {
                "workcenter_id": self.machine.id,
                "calendar_id": self.env["resource.calendar"].create(
                    {
                        "name": "Night",
                        "attendance_ids": [Command.clear()]
                        + [
                            Command.create({"name": "N", "dayofweek": str(day), "hour_from": 0, "hour_to": 8})
                            for day in range(7)
                        ],
                    }
                ).id,
                "skill": "Tender",
                "skill_id": kind.skill_ids.id,
            }
        )
        today = self.env.company._paper_today()
        plan = self.env["paper.crew.plan"].with_user(self.planner).create(
            {
                "workcenter_ids": [Command.set(self.machine.ids)],
                "date_from": today,
                "date_to": today + timedelta(days=27),
            }
        )
        self.start_tour("/odoo/paper-crew-plans", "paper_production_crew", login=self.planner.login)
        self.assertEqual(plan.state, "confirmed")
        self.assertTrue(plan.gap_ids)
