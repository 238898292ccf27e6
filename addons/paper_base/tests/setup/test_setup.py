from odoo.tests import tagged

from ...exceptions import SetupError
from ..common import PaperCommon


@tagged("post_install", "-at_install")
class TestSetup(PaperCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company = cls.env["res.company"].create({"name": "New mill"})
        cls.keeper = cls._create_user(
            "t_setup_keeper", "base.group_system", company_id=cls.company.id, company_ids=[cls.company.id]
        )
        cls.manager.company_ids |= cls.company

    def _step(self, code, user=None):
        step = self.env.ref(f"paper_base.setup_step_{code}").with_user(user or self.keeper).with_company(self.company)
        step.invalidate_recordset()
        return step

    def test_a_condition_and_an_action(self):
        """R2: each step says what is missing in the own company, and leads to where it is done."""
        for step in self.env["paper.setup.step"].search([]):
            with self.subTest(step=step.code):
                self.assertTrue(hasattr(step, f"_missing_{step.code}"))
                action = step.with_user(self.keeper).with_company(self.company).action_open()
                self.assertTrue(action["type"].startswith("ir.actions."))

    def test_done_when_it_is_done_and_back_when_it_is_undone(self):
        """R2: nobody ticks a step; a company with its address is set up, one whose address is taken away is not."""
        self.assertTrue(self._step("company").is_open)
        self.company.resource_calendar_id = self.company.resource_calendar_id.copy({"tz": "Asia/Shanghai"})
        values = {"street": "1 Mill Road", "city": "Suzhou", "email": "mill@example.com"}
        self.company.write({**values, "country_id": self.env.ref("base.cn").id})
        self.assertEqual(self._step("company").missing, "")
        self.assertFalse(self._step("company").is_open)
        self.assertNotIn(
            self._step("company"), self.env["paper.setup.step"].with_company(self.company).search([("is_open", "=", True)])
        )
        self.company.city = False
        self.assertTrue(self._step("company").is_open)

    def test_every_department(self):
        """R2: who is missing is named; with somebody in each department the step is done."""
        self.assertIn("Legal", self._step("people").missing)
        privileges = self.env["res.groups.privilege"].search(
            [("category_id", "=", self.env.ref("paper_base.module_category_paper").id)]
        )
        groups = self.env["res.groups"].search([("privilege_id", "in", privileges.ids)])
        for number, group in enumerate(groups):
            user = self._create_user(
                f"t_setup_{number}", "base.group_user", company_id=self.company.id, company_ids=[self.company.id]
            )
            user.group_ids |= group
        self.assertFalse(self._step("people").missing)

    def test_not_needed_here(self):
        """R2: the management leaves a step out for its own company; another person may not."""
        step = self._step("mail_out", self.manager)
        self.env["ir.mail_server"].search([]).active = False
        self.assertTrue(step.is_open)
        step.action_skip()
        step.invalidate_recordset()
        self.assertFalse(step.is_open)
        self.assertTrue(step.with_company(self.env.ref("base.main_company")).is_open)
        step.action_skip()
        step.invalidate_recordset()
        self.assertTrue(step.is_open)
        with self.assertRaises(SetupError):
            step.sudo(False).with_user(self.env.ref("base.public_user"))._check_keeper()

    def test_who_is_told(self):
        """R2: the management and who keeps the system see how many are left; nobody else."""
        for user, sees in ((self.manager, True), (self.keeper, True), (self.salesman, False)):
            with self.subTest(user=user.login):
                left = self.env["paper.setup.step"].with_user(user).with_company(self.company).get_left()
                self.assertEqual(bool(left), sees)
