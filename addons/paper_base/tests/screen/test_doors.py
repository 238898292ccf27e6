from lxml import etree
from odoo.tests import TransactionCase, new_test_user, tagged


@tagged("post_install", "-at_install")
class TestDoors(TransactionCase):
    """What stands in the launcher and behind a link can be opened by whoever sees it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.person = new_test_user(cls.env, "doors.technical", groups="paper_base.group_technical")

    def _field(self, user, model, arch, name):
        view = self.env["ir.ui.view"].create({"name": "doors", "model": model, "type": "form", "arch": arch})
        found = self.env[model].with_user(user).get_view(view.id, "form")["arch"]
        self.assertNotIn("paper_points_at", found)
        return etree.fromstring(found).find(f".//field[@name='{name}']")

    def test_a_name_without_a_link(self):
        """R4.2.2: a record that the user may not read is shown by its name, without the link that ends in a refusal."""
        arch = "<form><field name='currency_id' options=\"{'no_create': True}\" /><field name='parent_id' /></form>"
        readable = self._field(self.person, "res.company", arch, "currency_id")
        self.assertNotIn("no_open", readable.get("options"))
        self.env["ir.model.access"].search([("model_id.model", "=", "res.currency")]).active = False
        unreadable = self._field(self.person, "res.company", arch, "currency_id")
        self.assertEqual(unreadable.get("options"), "{'no_create': True, 'no_open': True}")
        self.assertFalse(self._field(self.person, "res.company", arch, "parent_id").get("options"))

    def test_read_only_views_too(self):
        """R4.2.2: a read-only view, in which Odoo judges no rights, keeps to it as well."""
        self.env["ir.model.access"].search([("model_id.model", "=", "res.currency")]).active = False
        arch = "<form edit='0'><field name='currency_id' readonly='1' /></form>"
        self.assertIn("no_open", self._field(self.person, "res.company", arch, "currency_id").get("options"))

    def test_the_store_is_the_administrators(self):
        """R4.2.2: no department finds the store of modules in its launcher; the administrator does."""
        store = self.env.ref("base.menu_management")
        store.group_ids = False  # as a module of Odoo's own leaves it, so that everybody may ask for an app
        leaf = self.env.ref("base.menu_module_tree")
        self.assertFalse((store + leaf).with_user(self.person)._filter_visible_menus())
        self.assertTrue(self.env.ref("paper_base.menu_root").with_user(self.person)._filter_visible_menus())
        keeper = new_test_user(self.env, "doors.keeper", groups="base.group_system")
        self.assertEqual((store + leaf).with_user(keeper)._filter_visible_menus(), store + leaf)

    def test_own_work_stands_in_the_bar(self):
        """R4.2.2: what is a department's work stands in its bar, the chapters below More, other apps by one entry each."""
        menus = self.env["ir.ui.menu"]
        home = self.env.ref("paper_base.menu_root")
        action = f"ir.actions.act_window,{self.env.ref('paper_base.action_paper_orders').id}"
        chapter = menus.create({"name": "Chapter", "parent_id": home.id})
        work, rest = menus.create(
            [
                {"name": "Work", "parent_id": chapter.id, "action": action, "paper_department_ids": departments.ids}
                for departments in (self.env.ref("paper_base.group_technical"), self.env.ref("paper_base.group_legal"))
            ]
        )
        app = menus.create({"name": "App"})
        screen = menus.create({"name": "Screen", "parent_id": app.id, "action": action})
        more, apps = self.env.ref("paper_base.menu_more").id, self.env.ref("paper_base.menu_other_apps").id

        loaded = menus.with_user(self.person).load_menus(False)
        self.assertEqual(loaded["root"]["children"], home.ids)
        bar = loaded[home.id]["children"]
        self.assertIn(work.id, bar)
        self.assertEqual((bar[-1], loaded[more]["children"][-1]), (more, apps))
        self.assertIn(chapter.id, loaded[more]["children"])
        self.assertEqual(loaded[chapter.id]["children"], rest.ids)
        entry = loaded[-app.id]
        self.assertIn(entry["id"], loaded[apps]["children"])
        self.assertEqual((entry["action_id"], entry["app_id"]), (screen.action.id, app.id))
        self.assertIn(-app.id, menus.with_user(self.person).load_web_menus(False))

        keeper = new_test_user(self.env, "doors.chapters", groups="base.group_system")
        loaded = menus.with_user(keeper).load_menus(False)
        self.assertIn(app.id, loaded["root"]["children"])
        self.assertEqual(loaded[chapter.id]["children"], (work + rest).ids)
        self.assertNotIn(more, loaded)

    def test_without_the_mill(self):
        """R4.2.2: who does not work in the mill's app keeps the launcher as Odoo makes it."""
        stranger = new_test_user(self.env, "doors.stranger", groups="base.group_user")
        home = self.env.ref("paper_base.menu_root")
        loaded = self.env["ir.ui.menu"].with_user(stranger).load_menus(False)
        self.assertNotIn(home.id, loaded)
        self.assertFalse([key for key in loaded if key != "root" and key < 0])
