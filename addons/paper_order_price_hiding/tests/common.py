from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.tests import new_test_user


class PriceBuilder:
    """Builders that the tests of hidden prices share, for classes that have an ``env``."""

    @classmethod
    def build_mill(cls):
        cls.sales = cls.build_user("paper_price_sales", "paper_base.group_sales")
        cls.legal = cls.build_user("paper_price_legal", "paper_base.group_legal")
        cls.manager = cls.build_user("paper_price_manager", "paper_base.group_management")
        cls.planner = cls.build_user("paper_price_planner", "paper_base.group_planning")
        cls.customer = cls.env["res.partner"].create({"name": "Printing House", "email": "buyer@example.com", "is_company": True})
        cls.grade = cls.env["paper.grade"].create({"name": "Offset Paper"})
        kg = cls.env.ref("uom.product_uom_kgm")
        values = {"name": "Offset", "is_paper": True, "type": "consu", "uom_id": kg.id, "list_price": 6.5}
        cls.product = cls.env["product.product"].create(values)

    @classmethod
    def build_user(cls, login, groups):
        return new_test_user(cls.env, login, groups=groups, email=f"{login}@example.com")

    @classmethod
    def build_order(cls):
        sheet = {"grade_id": cls.grade.id, "format": "sheet", "basis_weight": 80, "width": 787, "length": 1092}
        line = {
            "product_id": cls.product.id,
            "paper_spec_id": cls.env["paper.spec"].create(sheet).id,
            "paper_quantity": 100,
            "paper_unit": "ream",
            "price_unit": 6.5,
        }
        return cls.env["sale.order"].create(
            {"partner_id": cls.customer.id, "user_id": cls.sales.id, "order_line": [Command.create(line)]}
        )


class PriceCommon(PriceBuilder, BaseCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.build_mill()
