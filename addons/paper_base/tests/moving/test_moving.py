from unittest.mock import patch

from lxml import etree
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import tagged

from ... import moving

BEFORE, NOW = "paper_base_before", "paper_base"


@tagged("post_install", "-at_install")
class TestMoving(BaseCommon):
    """An addon of before holds what paper_base declares, as an addon did before a concept of it got an addon of its own."""

    def setUp(self):
        super().setUp()
        self.registry_patch = getattr(self.registry, "paper_handed_over", frozenset())
        self.addCleanup(setattr, self.registry, "paper_handed_over", self.registry_patch)
        self.Module = self.env["ir.module.module"]
        self.before = self.Module.create({"name": BEFORE, "state": "installed", "latest_version": "19.0.1.0.0"})
        self.now = self.Module._get(NOW)

    def _names(self, module):
        self.env.cr.execute("SELECT name, model, res_id, noupdate FROM ir_model_data WHERE module = %s ORDER BY name", [module])
        return self.env.cr.fetchall()

    def _noted_anew(self):
        """Return the names of the addon of before that Odoo gives again by itself, being of models that are extended."""
        # A field of a model that delegates to another one is noted for what extends that one.
        delegated = [
            f"field_{name.replace('.', '_')}__{field.name}"
            for name, model in self.registry.items()
            for field in model._fields.values()
            if field.inherited
        ]
        self.env.cr.execute(
            """SELECT d.name FROM ir_model_data d WHERE d.module = %s AND (starts_with(d.name, 'model_inherit__')
                   OR d.name = ANY(%s) OR d.model IN ('ir.model', 'ir.model.fields') AND EXISTS (
                   SELECT FROM ir_model_data o WHERE o.model = d.model AND o.res_id = d.res_id AND o.module != d.module))""",
            [BEFORE, delegated],
        )
        return {name for (name,) in self.env.cr.fetchall()}

    def _owned(self, module):
        found = []
        for table in ("ir_model_constraint", "ir_model_relation"):
            self.env.cr.execute(f"SELECT name FROM {table} WHERE module = %s ORDER BY name", [module.id])
            found.append([name for (name,) in self.env.cr.fetchall()])
        return found

    def _put_back(self):
        """Let everything of paper_base be the addon's of before."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("UPDATE ir_model_data SET module = %s WHERE module = %s", [BEFORE, NOW])
        for table in ("ir_model_constraint", "ir_model_relation"):
            cr.execute(f"UPDATE {table} SET module = %s WHERE module = %s", [self.before.id, self.now.id])
        cr.execute(
            "UPDATE ir_ui_view SET key = %s || substr(key, %s) WHERE starts_with(key, %s)",
            [f"{BEFORE}.", len(NOW) + 2, f"{NOW}."],
        )
        self.env.invalidate_all()
        self.registry.clear_all_caches()

    def _hand_over(self, times=2):
        for _time in range(times):
            moving.hand_over(self.env.cr, BEFORE, NOW)
        self.env.invalidate_all()

    def test_everything_declared_is_handed_over(self):
        """R2: an upgraded mill keeps every record that an addon's files and classes name, under the name of that addon."""
        names, owned = self._names(NOW), self._owned(self.now)
        view = self.env["ir.ui.view"].search([("key", "=like", f"{NOW}.%")], limit=1)
        key = view.key
        self._put_back()
        self.assertFalse(self._names(NOW))
        view.invalidate_recordset()
        self.assertNotEqual(view.key, key)
        self._hand_over()
        anew = self._noted_anew()
        left = {name for name, model, *_rest in self._names(BEFORE) if model != "ir.module.module"}
        self.assertLessEqual(left, anew)
        self.assertEqual(self._names(NOW), [row for row in names if row[0] not in left])
        self.assertEqual(self._owned(self.now), owned)
        self.assertEqual(view.key, key)

    def test_addon_that_declares_nothing(self):
        """R2: an addon without records or fields takes nothing over."""
        names = self._names(NOW)
        with patch.object(moving, "_data_names", return_value=()):
            empty = moving._Names(BEFORE)
        for parts in (moving._hand_over_names, moving._hand_over_tables):
            parts(self.env.cr, NOW, BEFORE, empty)
        self.assertEqual(self._names(NOW), names)

    def test_what_stays_is_left(self):
        """R2: what the addon of before still declares stays its own."""
        partner = self.env["res.partner"].create({"name": "Carrier"})
        field = self.env["ir.model.fields"]._get("res.partner", "function")
        self._put_back()
        stays = [("a_carrier", partner), ("field_res_partner__function", field)]
        for name, record in stays:
            self.env["ir.model.data"].create({"module": BEFORE, "name": name, "model": record._name, "res_id": record.id})
        self.env.flush_all()
        self._hand_over()
        self.assertLessEqual({name for name, _record in stays}, {name for name, *_rest in self._names(BEFORE)})

    def test_contact_of_a_handed_over_record_comes_along(self):
        """R2: records that Odoo makes along with one go with it."""
        crons = self.env["ir.model.data"].search([("module", "=", NOW), ("model", "=", "ir.cron")])
        self.assertTrue(crons)
        self._put_back()
        self._hand_over(1)
        for data in crons:
            self.assertTrue(self.env.ref(f"{NOW}.{data.name}_ir_actions_server"))

    def test_known_by_both(self):
        """R2: a record that both addons know is known once, another one of the same name is not taken over."""
        self._put_back()
        group = self.env.ref(f"{BEFORE}.group_sales")
        other = self.env.ref("base.group_user")
        data = self.env["ir.model.data"]
        data.create({"module": NOW, "name": "group_sales", "model": "res.groups", "res_id": group.id})
        data.create({"module": NOW, "name": "group_quality", "model": "res.groups", "res_id": other.id})
        self.env.flush_all()
        self._hand_over()
        self.assertEqual(self.env.ref(f"{NOW}.group_sales"), group)
        self.assertFalse(self.env.ref(f"{BEFORE}.group_sales", raise_if_not_found=False))
        self.assertEqual(self.env.ref(f"{NOW}.group_quality"), other)
        self.assertTrue(self.env.ref(f"{BEFORE}.group_quality"))

    def test_edited_record_stays(self):
        """R2: what people set in a record that files give once stays when the addon that has it now is installed."""
        data = self.env["ir.model.data"].search(
            [("module", "=", NOW), ("model", "=", "ir.cron"), ("noupdate", "=", True)], limit=1
        )
        cron = self.env["ir.cron"].browse(data.res_id)
        cron.interval_number = 17
        self._put_back()
        self._hand_over()
        values = {"xml_id": f"{NOW}.{data.name}", "values": {"interval_number": 3}, "noupdate": True}
        self.env["ir.cron"]._load_records([values], update=False)
        self.assertEqual(cron.interval_number, 17)
        self.registry.paper_handed_over = frozenset()
        self.env["ir.cron"]._load_records([dict(values)], update=False)
        self.assertEqual(cron.interval_number, 3)

    def test_never_installed(self):
        """R2: where the addon of before never was, nothing happens."""
        self.before.state = "uninstalled"
        self.env.flush_all()
        names = self._names(NOW)
        self._hand_over()
        self.assertEqual(self._names(NOW), names)

    def test_new_addon_is_installed_with_what_it_needs(self):
        """R2: an addon cut out is installed at the upgrade, glue where all that it joins is there."""
        Module, Needs = self.Module, self.env["ir.module.module.dependency"]

        def addon(name, *needs, **values):
            module = Module.create({"name": name, "state": "uninstalled", **values})
            Needs.create([{"module_id": module.id, "name": need} for need in needs])
            return module

        need = addon("paper_t_need", "paper_base")
        cut = addon("paper_t_cut", "paper_base", "paper_t_need")
        glue = addon("paper_t_glue", "paper_t_cut", "paper_base", auto_install=True)
        absent = addon("paper_t_absent")
        other = addon("paper_t_other_glue", "paper_t_cut", "paper_t_absent", auto_install=True)
        self.env.flush_all()
        self.assertFalse(moving._install(self.env.cr, "paper_t_other_glue"))
        for _time in range(2):
            self.assertTrue(moving._install(self.env.cr, "paper_t_cut"))
        self.env.invalidate_all()
        self.assertEqual((need + cut + glue).mapped("state"), ["to install"] * 3)
        self.assertEqual((absent + other).mapped("state"), ["uninstalled"] * 2)

    def test_renamed_addon(self):
        """R2: an addon that is only called otherwise keeps everything, and its old name is gone."""
        names, owned = self._names(NOW), self._owned(self.now)
        self._put_back()
        for state, expected in (("uninstalled", "to upgrade"), ("to install", "to install")):
            with self.subTest(state=state), self.env.cr.savepoint() as point:
                self.now.state = state
                self.env.flush_all()
                for _time in range(2):
                    moving.rename_addon(self.env.cr, BEFORE, NOW)
                self.env.invalidate_all()
                self.assertEqual(self._names(NOW), names)
                self.assertEqual(self._owned(self.now), owned)
                self.assertFalse(self.Module.search([("name", "=", BEFORE)]))
                self.assertFalse(self.env.ref(f"base.module_{BEFORE}", raise_if_not_found=False))
                self.assertEqual(self.now.state, expected)
                if expected == "to upgrade":
                    self.assertEqual(self.now.latest_version, "19.0.1.0.0")
                point.rollback()
                self.env.invalidate_all()

    def test_names_of_a_data_file(self):
        """R2: records in records and menu items in menu items are found, what a page holds is not."""
        root = etree.fromstring(
            """<odoo><data noupdate="1"><record id="a" model="m"><field name="lines"><record id="b" model="l"/></field>
                 <field name="arch" type="xml"><form><record id="no"/></form></field></record></data>
               <template id="page"><template id="no"/></template>
               <menuitem id="top"><menuitem id="below"/></menuitem></odoo>"""
        )
        self.assertEqual(list(moving._xml_names(root)), ["a", "b", "page", "top", "below"])
