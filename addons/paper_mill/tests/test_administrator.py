from odoo.tests import TransactionCase, new_test_user, tagged

from .test_departments import DEPARTMENTS


@tagged("post_install", "-at_install")
class TestAdministrator(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.admin = cls.env.ref("base.user_admin")
        menus = cls.env["ir.ui.menu"].search([("id", "child_of", cls.env.ref("paper_base.menu_root").id)])
        cls.leaves = menus.filtered(lambda menu: menu.action and not menu.child_id)

    # What the department makes in a dialog is its own step: nobody else is offered it.
    STEPS = {
        "paper_delivery.menu_paper_statement",
        "paper_order_intake.menu_intake_upload_new",
        "paper_order_intake.menu_quick_order",
    }

    def test_every_screen(self):
        """R4.2.2: the administrator has the app, finds every screen in it and may open it."""
        self.assertGreater(len(self.leaves), 40)
        names = self.leaves._get_external_ids()
        visible = self.leaves.with_user(self.admin)._filter_visible_menus()
        hidden = {names[menu.id][0] for menu in self.leaves if menu.id not in visible.ids}
        self.assertEqual(hidden, self.STEPS)
        for menu in visible.filtered(lambda rec: rec.action._name == "ir.actions.act_window"):
            with self.subTest(menu=menu.complete_name):
                records = self.env[menu.action.sudo().res_model].with_user(self.admin)
                views = [(False, mode) for mode in menu.action.sudo().view_mode.split(",")]
                records.get_views(views)
                if not records._transient:
                    records.search([], limit=1)

    def test_machine_plan(self):
        """R3.3.2: the administrator looks at the plan of the machines."""
        self.assertIn("machines", self.env["mrp.workcenter"].with_user(self.admin).paper_plan_board())

    def test_no_department_by_that(self):
        """R4.1.2, R5.1.2: who reads everything is of no department, and takes no department's steps."""
        reader = new_test_user(self.env, "reads.everything", groups="paper_base.group_paper_overview")
        for department in DEPARTMENTS:
            self.assertFalse(reader.has_group(f"paper_base.group_{department}"), department)
        self.assertFalse(reader.has_group("sales_team.group_sale_salesman"))

    def test_everybody_has_a_desk(self):
        """R4.2.2: the desk opens for each department and for who reads everything, and every row of it can be opened."""
        for department in (*DEPARTMENTS, "paper_overview"):
            with self.subTest(department=department):
                user = new_test_user(self.env, f"sits.{department}", groups=f"paper_base.group_{department}")
                desk = self.env["paper.desk"].with_user(user)
                for scope in desk.get_desk(desk._scopes(desk._own_departments())[0])["scopes"]:
                    for row in desk.get_desk(scope)["tasks"]:
                        self.env[row["model"]].with_user(user).browse(row["id"]).check_access("read")

    def test_every_task_is_somebody_s(self):
        """R4.2.2: what a desk counts opens as a list with its filters, by departments that there are."""
        departments = set(DEPARTMENTS)
        for task in self.env["paper.desk"]._paper_tasks():
            with self.subTest(task=task.code):
                self.assertLessEqual(set(task.departments), departments)
                action = self.env["ir.actions.act_window"]._for_xml_id(task.action)
                fields = self.env[task.model]._fields
                for name in filter(None, (task.since, task.user)):  # its deadline: see test_desk_until
                    self.assertTrue(fields[name].store, name)
                if task.model == action["res_model"]:
                    view = action["search_view_id"]
                    arch = self.env[task.model].get_view(view and view[0], "search")["arch"]
                    for name in task.filters:
                        self.assertIn(f'name="{name}"', arch)
                if task.button:
                    self.assertTrue(callable(getattr(self.env[task.model], task.button)))
