from odoo import Command
from odoo.addons.paper_base.tests.own_rules import keep_own_rules
from odoo.tests import new_test_user
from odoo.tests.common import TransactionCase
from odoo.tools import SQL


class StatisticsCase(TransactionCase):
    """A mill with a grade, two customers and paper; documents move past the guards of goods, which others test."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._prepare()

    @classmethod
    def _prepare(cls):
        keep_own_rules(cls, set())
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.grade = cls.env["paper.grade"].create({"name": "Statistics grade"})
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.tonne = cls.env.ref("uom.product_uom_ton")
        china = cls.env.ref("base.cn")
        cls.customers = cls.env["res.partner"].create(
            [{"name": "First", "country_id": china.id, "zip": "215000"}, {"name": "Second", "country_id": china.id}]
        )
        cls.paper = cls._product(cls.tonne)
        cls.management = new_test_user(cls.env, "stats.management", groups="paper_base.group_management")
        cls.queue = cls.env["paper.fact.queue"]

    @classmethod
    def _product(cls, uom, **values):
        return cls.env["product.product"].create(
            {
                "name": "Paper",
                "is_paper": True,
                "uom_id": uom.id,
                "list_price": 5000,
                "type": "consu",
                "is_storable": True,
                **values,
            }
        )

    @classmethod
    def _spec(cls, company=None):
        values = {"grade_id": cls.grade.id, "basis_weight": 80, "width": 787, "company_id": (company or cls.env.company).id}
        return cls.env["paper.spec"].create(values)

    @classmethod
    def _order(cls, customer, tonnes, day=None, company=None, price=5000, confirm=True, due=None):
        """Return an order of one line, confirmed at noon of a day in Shanghai unless asked otherwise."""
        line = {
            "product_id": cls.paper.id,
            "paper_spec_id": cls._spec(company).id,
            "paper_quantity": tonnes,
            "paper_unit": "t",
            "price_unit": price,
        }
        orders = cls.env["sale.order"].with_company(company or cls.env.company)
        order = orders.create({"partner_id": customer.id, "order_line": [Command.create(line)]})
        if due:
            order.commitment_date = due
        if confirm:
            order.action_confirm()
            cls._told()
            cls._set(order, date_order=f"{day or '2024-03-10'} 04:00:00")
        return order

    @classmethod
    def _told(cls):
        """Write the history of what was done, as the end of a request does."""
        cls.env.flush_all()
        cls.env.cr.precommit.run()

    @classmethod
    def _set(cls, records, **columns):
        """Write columns past what guards them: only the figures are looked at."""
        cls.env.flush_all()
        assigned = SQL(", ").join(SQL("%s = %s", SQL.identifier(name), value) for name, value in columns.items())
        cls.env.cr.execute(SQL("UPDATE %s SET %s WHERE id IN %s", SQL.identifier(records._table), assigned, tuple(records.ids)))
        records.invalidate_recordset()
        records.modified([*columns])

    @classmethod
    def _move(cls, line, tonnes, moment, back=False, refund=False):
        """Let goods of an order line leave, or come back, at a moment (UTC)."""
        stock = line.order_id.warehouse_id.lot_stock_id
        place = cls.env.ref("stock.stock_location_customers")
        moves = cls.env["stock.move"].create(
            {
                "sale_line_id": line.id,
                "product_id": line.product_id.id,
                "product_uom_qty": tonnes,
                "quantity": tonnes,
                "product_uom": cls.tonne.id,
                "location_id": (place if back else stock).id,
                "location_dest_id": (stock if back else place).id,
                "to_refund": refund,
                "company_id": line.company_id.id,
            }
        )
        cls._set(moves, state="done", quantity=tonnes, date=moment)
        return moves

    @classmethod
    def _cancel(cls, order, moment):
        """Cancel an order at a moment (UTC)."""
        before = cls.env["mail.message"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)])
        order._action_cancel()
        cls._told()
        said = cls.env["mail.message"].search([("model", "=", "sale.order"), ("res_id", "=", order.id)]) - before
        if said:
            cls._set(said, date=moment)
        cls._set(order, write_date=moment)

    def _figures(self, domain, groupby=(), *measures, model="paper.fact.order", user=None):
        self.queue._fill()
        figures = self.env[model].with_user(user or self.management)
        return figures._read_group(
            domain, list(groupby), [name if ":" in name or name == "__count" else f"{name}:sum" for name in measures]
        )
