from odoo import Command
from odoo.tests import TransactionCase, new_test_user, tagged

DEPARTMENTS = (
    "sales",
    "online",
    "credit",
    "planning",
    "supervisor",
    "workshop",
    "purchasing",
    "technical",
    "finance",
    "legal",
    "quality",
    "equipment",
    "warehouse",
    "logistics",
    "management",
)


@tagged("post_install", "-at_install")
class TestDepartments(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        customer = cls.env["res.partner"].create({"name": "Customer", "street": "1 Road", "city": "Suzhou"})
        kilogram = cls.env.ref("uom.product_uom_kgm")
        paper = cls.env["product.product"].create({"name": "Paper", "is_paper": True, "uom_id": kilogram.id})
        grade = cls.env["paper.grade"].create({"name": "Offset"})
        spec = cls.env["paper.spec"].create({"grade_id": grade.id, "basis_weight": 80, "width": 787})
        line = {"product_id": paper.id, "paper_spec_id": spec.id, "paper_quantity": 5, "paper_unit": "t"}
        cls.order = cls.env["sale.order"].create({"partner_id": customer.id, "order_line": [Command.create(line)]})

    def test_every_department_opens_an_order(self):
        """R4.2.2: with everything installed, every department finds the menu, opens the list and the form of an order,
        and reads its timeline."""
        for department in DEPARTMENTS:
            with self.subTest(department=department):
                user = new_test_user(self.env, f"mill.{department}", groups=f"paper_base.group_{department}")
                orders = self.env["sale.order"].with_user(user)
                self.assertTrue(self.env.ref("paper_base.menu_root").with_user(user)._filter_visible_menus())
                views = orders.get_views([(False, "list"), (False, "form")])
                fields = views["models"]["sale.order"]["fields"]
                shown = orders.browse(self.order.id).web_read({name: {} for name in fields})
                self.assertIn("evaluated", [item["code"] for item in shown[0]["paper_timeline"]["milestones"]])
