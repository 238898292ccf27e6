import re

from odoo.tests import TransactionCase, new_test_user, tagged

from .test_departments import DEPARTMENTS

MOST = 10
HOME = "paper_base.menu_root"
MORE = "paper_base.menu_more"
# Abbreviations that stand in Chinese too.
LATIN = {"OEE"}


@tagged("post_install", "-at_install")
class TestMenus(TransactionCase):
    """The menu follows the person's work."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.home = cls.env.ref(HOME)
        cls.people = {
            name: new_test_user(cls.env, f"menus.{name}", groups=f"paper_base.group_{name}", lang="zh_CN") for name in DEPARTMENTS
        }

    def _load(self, user):
        return self.env["ir.ui.menu"].with_user(user).with_context(lang=user.lang).load_menus(False)

    def _leaves(self, menus, top):
        children = menus[top]["children"]
        return [leaf for child in children for leaf in self._leaves(menus, child)] if children else [top]

    def test_few_entries_for_everybody(self):
        """R4.2.2: each department has one app, with at most ten entries of its own work and all the rest below More."""
        more = self.env.ref(MORE).id
        for department, user in self.people.items():
            with self.subTest(department=department):
                menus = self._load(user)
                self.assertEqual(menus["root"]["children"], self.home.ids)
                bar = menus[self.home.id]["children"]
                self.assertEqual(menus[bar[0]]["xmlid"], "paper_base.menu_paper_desk")
                self.assertEqual(bar[-1], more)
                own = bar[:-1]
                self.assertGreater(len(own), 4)
                self.assertLessEqual(len(own), MOST)
                self.assertTrue(all(menus[menu]["action_id"] and not menus[menu]["children"] for menu in own))
                self.assertEqual(self.env["ir.ui.menu"].with_user(user).get_user_roots(), self.home)

    def test_rolls_are_at_hand_where_they_lie(self):
        """R4.2.2: who makes, judges and keeps rolls has the list of them, with weight and disposition, in the bar."""
        rolls, stock = self.env.ref("paper_roll.menu_paper_rolls").id, self.env.ref("paper_roll.menu_paper_roll_stock").id
        for department, own in (("workshop", {rolls}), ("quality", {rolls}), ("warehouse", {rolls, stock})):
            bar = self._load(self.people[department])[self.home.id]["children"]
            self.assertLessEqual(own, set(bar), department)

    def test_nothing_is_lost(self):
        """R4.2.2: what a person may open stands once in the menu, and each other app has its entry below More."""
        for department, user in self.people.items():
            with self.subTest(department=department):
                menus = self._load(user)
                seen = self.env["ir.ui.menu"].with_user(user).search([])._filter_visible_menus()
                apps = seen.filtered(lambda menu: not menu.parent_id) - self.home
                below = seen.filtered_domain([("id", "child_of", self.home.id)])
                leaves = self._leaves(menus, self.home.id)
                self.assertEqual(sorted(leaf for leaf in leaves if leaf > 0), sorted((below - below.parent_id).ids))
                self.assertEqual({-leaf for leaf in leaves if leaf < 0}, set(apps.ids))
                for app in apps:
                    self.assertTrue(menus[-app.id]["action_id"])
                    self.assertEqual(menus[-app.id]["app_id"], app.id)

    def test_every_entry_has_a_chinese_name(self):
        """R4.2.2: no menu of the app, nor what leads into another one, is called in English."""
        for department, user in self.people.items():
            menus = self._load(user)
            names = {menus[menu]["name"] for menu in self._all(menus, self.home.id)}
            latin = {name for name in names if set(re.findall("[A-Za-z]{2,}", name)) - LATIN}
            self.assertEqual(latin, set(), department)

    def _all(self, menus, top):
        yield top
        for child in menus[top]["children"]:
            yield from self._all(menus, child)

    def test_every_entry_opens(self):
        """R4.2.2: what stands in a department's bar opens for it."""
        for department, user in self.people.items():
            menus = self._load(user)
            for leaf in menus[self.home.id]["children"][:-1]:
                menu = menus[leaf]
                with self.subTest(department=department, menu=menu["name"]):
                    action = self.env[menu["action_model"]].browse(menu["action_id"])
                    if action._name == "ir.actions.client":
                        continue
                    opened = action.with_user(user).run() if action._name == "ir.actions.server" else action.sudo()
                    records = self.env[opened["res_model"]].with_user(user)
                    records.get_views([(False, mode) for mode in opened["view_mode"].split(",")])
                    if not records._transient:
                        records.search([], limit=1)

    def test_whose_work_it_is_may_open_it(self):
        """R4.2.2: a menu is named as the work of departments that see it."""
        named = self.env["ir.ui.menu"].search([("paper_department_ids", "!=", False)])
        self.assertGreater(len(named), 40)
        for department, user in self.people.items():
            own = named.filtered(lambda menu, user=user: menu.paper_department_ids & user.all_group_ids)
            hidden = own - own.with_user(user)._filter_visible_menus()
            self.assertFalse(hidden.mapped("complete_name"), department)

    def test_the_administrator_keeps_the_chapters(self):
        """R4.2.2: who keeps the system finds the chapters in the bar and all apps in the launcher."""
        menus = self._load(self.env.ref("base.user_admin"))
        self.assertGreater(len(menus["root"]["children"]), 10)
        bar = menus[self.home.id]["children"]
        self.assertIn(self.env.ref("paper_base.menu_contract").id, bar)
        self.assertNotIn(self.env.ref(MORE).id, bar)
