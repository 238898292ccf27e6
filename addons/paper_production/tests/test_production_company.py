from odoo.addons.paper_production.exceptions import PlanApprovalError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestProductionCompany(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "Second Mill"})
        cls.stranger = new_test_user(
            cls.env,
            "prod_stranger",
            groups="paper_base.group_supervisor,paper_base.group_planning",
            company_id=cls.company.id,
            company_ids=[(6, 0, cls.company.ids)],
        )
        cls.plan = cls.create_plan(cls.productions(cls.create_order()))

    def test_plans_of_others_are_not_seen(self):
        """R5.1.2: a supervisor of another company neither sees nor approves a plan."""
        self.plan.action_submit()
        self.assertFalse(self.env["paper.production.plan"].with_user(self.stranger).search([]))
        with self.assertRaises(AccessError):
            self.plan.with_user(self.stranger).action_approve()

    def test_collects_its_own(self):
        """R5.1.1: a plan takes no order of another company, nor is one linked by hand."""
        production = self.productions(self.create_order())
        plan = self.env["paper.production.plan"].create({"company_id": self.company.id})
        self.assertNotIn(production, self.env["mrp.production"].search(plan._collect_domain()))
        with self.assertRaises(UserError):
            production.paper_plan_id = plan

    def test_supervisors_of_the_company_are_asked(self):
        """R5.1.2: the request goes to the supervisors of the plan's company."""
        self.plan.action_submit()
        self.assertNotIn(self.stranger, self.plan.sudo().activity_ids.user_id)

    def test_own_plan(self):
        """R5.1.2: who plans alone in a company cannot approve alone."""
        spec = self.create_spec(company_id=self.company.id)
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        production = self.env["mrp.production"].with_company(self.company).create(
            {
                "product_id": self.paper.id,
                "product_qty": 10,
                "product_uom_id": self.kg.id,
                "bom_id": False,
                "picking_type_id": warehouse.manu_type_id.id,
                "company_id": self.company.id,
                "paper_spec_id": spec.id,
            }
        )
        production.action_confirm()
        plan = self.env["paper.production.plan"].with_user(self.stranger).create({})
        plan.action_collect()
        self.assertEqual(plan.production_ids, production)
        plan.action_submit()
        with self.assertRaises(PlanApprovalError):
            plan.action_approve()
