from lxml import etree
from odoo.exceptions import AccessError
from odoo.tests import Form, tagged

from ...hooks import PRECISION, PRECISION_BEFORE, post_init_hook, uninstall_hook
from ..common import PaperCommon

DEPARTMENTS = (
    "sales online credit planning supervisor workshop purchasing technical finance legal quality equipment warehouse "
    "logistics management"
).split()


@tagged("post_install", "-at_install")
class TestDepartments(PaperCommon):
    def test_the_departments(self):
        """R2: each department of the regulation is a group in one category, and a person may be in several."""
        category = self.env.ref("paper_base.module_category_paper")
        groups = self.env["res.groups"]
        for name in DEPARTMENTS:
            groups |= self.env.ref(f"paper_base.group_{name}")
        self.assertEqual(len(groups), 15)
        self.assertEqual(groups.privilege_id.category_id, category)
        self.assertEqual(len(groups.privilege_id), 15, "a user form offers one choice a privilege")
        user = self._create_user("t_all", *(f"paper_base.group_{name}" for name in DEPARTMENTS))
        self.assertTrue(user.has_group("paper_base.group_paper_user"))
        self.assertEqual(user.group_ids & groups, groups)

    def test_people_of_a_department(self):
        """R2: the active people of a department in a company are found, also by an implied group."""
        company = self.env.company
        legal = self._create_user("t_legal", "paper_base.group_legal")
        gone = self._create_user("t_gone", "paper_base.group_legal", active=False)
        other = self.env["res.company"].create({"name": "Second mill"})
        away = self._create_user(
            "t_away", "paper_base.group_legal", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        found = company.with_user(self.salesman)._paper_department_users("paper_base.group_legal")
        self.assertIn(legal, found)
        self.assertFalse((gone | away) & found)
        self.assertIn(legal, company._paper_department_users("paper_base.group_paper_user"))

    def test_sales_keep_their_customers_addresses(self):
        """R3.2.1: sales enter and correct where a customer wants his paper, and delete nobody; other departments do neither."""
        values = {"name": "Depot", "parent_id": self.customer.id, "type": "delivery", "street": "2 Road", "city": "Jinan"}
        place = self.env["res.partner"].with_user(self.salesman).create(values)
        place.street = "3 Road"
        self.assertEqual(place.commercial_partner_id, self.customer)
        with self.assertRaises(AccessError):
            place.unlink()
        for name in DEPARTMENTS:
            if name == "sales":
                continue
            user = self._create_user(f"t_no_address_{name}", f"paper_base.group_{name}")
            with self.subTest(department=name), self.assertRaises(AccessError):
                self.env["res.partner"].with_user(user).create(values)

    def test_every_department_reads_orders(self):
        """R4.2.2: each department opens every order with its lines, specification and timeline, in the web client too."""
        order = self._create_order()
        order.action_confirm()
        for name in DEPARTMENTS:
            with self.subTest(department=name):
                user = self._create_user(f"t_dep_{name}", f"paper_base.group_{name}")
                record = order.with_user(user)
                self.assertIn(order, record.search([("is_paper_order", "=", True)]))
                self.assertTrue(record.order_line.paper_spec_id.display_name)
                self.assertTrue(record.paper_timeline["milestones"])
                # The web client's widgets ask for lists beside the view; sales has Odoo's own rights to them.
                for part in (record, record.order_line) if name not in ("sales", "management") else ():
                    lists = [name for name, field in part._fields.items() if field.type == "one2many" and not field.groups]
                    part.web_read({name: {} for name in lists})
                form = Form(record)
                self.assertEqual(form.partner_id, self.customer)

    def test_steps_of_sales_are_not_offered(self):
        """R4.2.2: who only reads orders is offered neither to invoice, send, confirm nor cancel them; sales is."""
        invoice = str(self.env.ref("sale.action_view_sale_advance_payment_inv").id)
        steps = {"action_confirm", "action_cancel", "action_quotation_send", "action_preview_sale_order", invoice}

        def offered(user):
            arch = self.env["sale.order"].with_user(user).get_view(view_type="form")["arch"]
            return steps & {button.get("name") for button in etree.fromstring(arch).xpath("//header/button")}

        warehouse = self._create_user("t_steps", "paper_base.group_warehouse")
        bookkeeper = self._create_user("t_books", "paper_base.group_finance", "account.group_account_invoice")
        self.assertEqual(offered(self.salesman), steps)
        self.assertFalse(offered(warehouse))
        self.assertEqual(offered(bookkeeper), {invoice})

    def test_reading_is_not_changing(self):
        """R4.2.2: who belongs to a department, and has no other rights, changes nothing of an order."""
        order = self._create_order()
        record = order.with_user(self._create_user("t_reader", "paper_base.group_paper_user"))
        for refused in (
            lambda: record.write({"client_order_ref": "x"}),
            lambda: record.order_line.write({"price_unit": 1}),
            lambda: record.create({"partner_id": self.customer.id}),
            lambda: record.copy(),
            lambda: record.unlink(),
            lambda: record.action_confirm(),
            lambda: record.order_line.paper_spec_id.write({"width": 1}),
            lambda: record.order_line.paper_spec_id.unlink(),
        ):
            with self.assertRaises(AccessError):
                refused()

    def test_the_own_companies_only(self):
        """R4.2.2: a department sees the orders of its own companies."""
        other = self.env["res.company"].create({"name": "Second mill"})
        user = self._create_user(
            "t_other", "paper_base.group_workshop", company_id=other.id, company_ids=[(6, 0, other.ids)]
        )
        order = self._create_order()
        self.assertNotIn(order, self.env["sale.order"].with_user(user).search([]))
        with self.assertRaises(AccessError):
            order.with_user(user).read(["name"])
        with self.assertRaises(AccessError):
            order.order_line.paper_spec_id.with_user(user).read(["width"])

    def test_a_customer_reads_nothing_internal(self):
        """R4.2.2: over RPC a portal customer reads neither timeline nor blockers nor overrides nor specifications."""
        portal = self._create_user("t_portal", "base.group_portal", partner_id=self.customer.id)
        order = self._create_order()
        record = order.with_user(portal)
        self.assertEqual(record.read(["name"])[0]["name"], order.name)
        for name in ("paper_timeline", "paper_next_step", "paper_next_owner", "paper_next_deadline",
                     "paper_override_ids", "paper_spec_summary"):
            with self.subTest(field=name), self.assertRaises(AccessError):
                record.read([name])
        for model in ("paper.spec", "paper.spec.limit", "paper.grade", "paper.blocker.override",
                      "paper.reason.wizard", "paper.delegation", "paper.calendar.day", "paper.calendar.import"):
            with self.subTest(model=model), self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])
        with self.assertRaises(AccessError):
            self.env["paper.blocker.override"].with_user(portal).create(
                {"order_id": order.id, "step": "confirm", "code": "test", "reason": "Because"}
            )

    def test_leaving_puts_the_precision_back(self):
        """R3.1.1: three digits for tonnes to the kilogram, and what was before when the addon leaves."""
        precision = self.env["decimal.precision"].search([("name", "=", PRECISION)])
        self.assertEqual(precision.digits, 3)
        before = int(self.env["ir.config_parameter"].get_param(PRECISION_BEFORE))
        self.assertLess(before, 3)
        uninstall_hook(self.env)
        self.assertEqual(precision.digits, before)
        self.assertFalse(self.env["ir.config_parameter"].get_param(PRECISION_BEFORE))
        days = self.env["paper.calendar.day"].search_count([])
        post_init_hook(self.env)
        self.assertEqual(precision.digits, 3)
        self.assertEqual(self.env["paper.calendar.day"].search_count([]), days)
        precision.digits = 5
        uninstall_hook(self.env)
        self.assertEqual(precision.digits, 5, "somebody's own choice is left alone")
