from lxml import etree
from odoo import Command, fields
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import safe_eval

from .test_departments import DEPARTMENTS

NEVER = ("1", "True", "true")


@tagged("post_install", "-at_install")
class TestEveryForm(TransactionCase):
    """Every screen behind a menu of the app, as every department gets it."""

    def _leaves(self, user):
        menus = self.env["ir.ui.menu"].with_user(user).load_menus(False)
        root = menus[self.env.ref("paper_base.menu_root").id]
        waiting = list(root["children"])
        while waiting:
            menu = menus[waiting.pop()]
            waiting += menu["children"]
            if not menu["children"] and menu["action_model"] == "ir.actions.act_window":
                yield menu["name"], self.env["ir.actions.act_window"].browse(menu["action_id"])

    def test_menus_need_nothing_but_the_user(self):
        """R4.2.2: a menu's action knows what to show without a record that the user stands on."""
        for name, action in self._leaves(self.env.ref("base.user_admin")):
            known = {
                "uid": self.env.uid,
                "context": {},
                "allowed_company_ids": [],
                "time": fields.Datetime,
                "context_today": self.env.company._paper_today,
            }
            with self.subTest(menu=name):
                self.assertNotIn("active_id", f"{action.domain} {action.context}")
                safe_eval(action.domain or "[]", known)
                safe_eval(action.context or "{}", known)

    def test_nothing_is_shown_that_may_not_be_read(self):
        """R4.2.2: no list inside a form, and no link, leads a department to what it may not read."""
        for department in DEPARTMENTS:
            user = new_test_user(self.env, f"form.{department}", groups=f"paper_base.group_{department}")
            for name, action in self._leaves(user):
                with self.subTest(department=department, menu=name):
                    self.assertEqual(self._unreadable(user, action), [])

    def _unreadable(self, user, action):
        model = self.env[action.res_model].with_user(user)
        views = model.get_views([view for view in action.views if view[1] in ("form", "list")])
        found = []

        def look(node, name):
            if node.get("invisible") in NEVER or node.get("column_invisible") in NEVER:
                return
            described = views["models"].get(name, {}).get("fields", {}).get(node.get("name"), {}) if node.tag == "field" else {}
            target = described.get("relation")
            if target and target != "hr.employee" and not self.env[target].with_user(user).has_access("read"):
                if described["type"] != "many2one" or "no_open" not in node.get("options", ""):
                    found.append(f"{name}.{node.get('name')} -> {target}")
            for child in node.iterchildren(etree.Element):
                look(child, target if target and described["type"] != "many2one" else name)

        for view in views["views"].values():
            look(etree.fromstring(view["arch"]), action.res_model)
        return found

    def test_a_delivery_note_opens_for_those_who_load_it(self):
        """R6.2.1, R6.3.1: whoever works with goods opens a delivery note with a carrier that serves some places only."""
        prefix = self.env["delivery.zip.prefix"].create({"name": "215"})
        carrier = self.env["delivery.carrier"].create(
            {
                "name": "Lorry",
                "product_id": self.env["product.product"].create({"name": "Freight", "type": "service"}).id,
                "zip_prefix_ids": prefix.ids,
            }
        )
        kind = self.env.ref("stock.picking_type_out")
        note = self.env["stock.picking"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Customer", "zip": "215000"}).id,
                "picking_type_id": kind.id,
                "location_id": kind.default_location_src_id.id,
                "location_dest_id": self.env.ref("stock.stock_location_customers").id,
                "carrier_id": carrier.id,
            }
        )
        for department in DEPARTMENTS:
            user = new_test_user(self.env, f"note.{department}", groups=f"paper_base.group_{department}")
            with self.subTest(department=department):
                self.env.invalidate_all()
                mine = note.with_user(user)
                shown = mine.get_views([(False, "form")])["models"]["stock.picking"]["fields"]
                self.assertEqual(mine.web_read({name: {} for name in shown})[0]["id"], note.id)

    def test_what_links_lead_to_opens(self):
        """R4.2.2: an order of the workshop, its work, machine and lot, and what a supplier brings, open for every department."""
        pulp, paper = self.env["product.product"].create(
            [{"name": "Pulp", "is_storable": True, "tracking": tracking} for tracking in ("none", "lot")]
        )
        machine = self.env["mrp.workcenter"].create({"name": "PM", "tag_ids": [Command.create({"name": "Wide"})]})
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": paper.product_tmpl_id.id,
                "operation_ids": [Command.create({"name": "Make", "workcenter_id": machine.id})],
                "bom_line_ids": [Command.create({"product_id": pulp.id, "product_qty": 1})],
            }
        )
        production = self.env["mrp.production"].create({"product_id": paper.id, "bom_id": bom.id, "product_qty": 10})
        production.action_confirm()
        purchase = self.env["purchase.order"].create(
            {
                "partner_id": self.env["res.partner"].create({"name": "Supplier"}).id,
                "order_line": [Command.create({"product_id": paper.id, "product_qty": 5, "price_unit": 1})],
            }
        )
        purchase.button_confirm()
        receipt = purchase.picking_ids
        lot = self.env["stock.lot"].create({"name": "L-1", "product_id": paper.id})
        receipt.move_ids.move_line_ids.write({"lot_id": lot.id, "quantity": 5, "picked": True})
        receipt.button_validate()
        self.assertEqual((receipt.state, lot.purchase_order_count), ("done", 1))
        shown = (production, production.workorder_ids, machine, lot, receipt, receipt.move_ids)
        for department in DEPARTMENTS:
            user = new_test_user(self.env, f"link.{department}", groups=f"paper_base.group_{department}")
            for record in shown:
                with self.subTest(department=department, model=record._name):
                    self.env.invalidate_all()
                    mine = record.with_user(user)
                    names = mine.get_views([(False, "form")])["models"][record._name]["fields"]
                    if record == receipt.move_ids:
                        names = ("description_picking", "allowed_uom_ids", "product_id", "quantity")
                    self.assertEqual(mine.web_read({name: {} for name in names})[0]["id"], record.id)

    def test_fields_of_departments_are_read_by_who_reads_everything(self):
        """R4.2.2: a field that is shown to some departments only is shown to who keeps the system too, whose form asks for it."""
        closed = [
            str(field)
            for model in self.env.registry.values()
            for field in model._fields.values()
            if "paper_base.group_" in (field.groups or "") and "paper_base.group_paper_overview" not in field.groups
        ]
        self.assertEqual(sorted(set(closed)), [])
