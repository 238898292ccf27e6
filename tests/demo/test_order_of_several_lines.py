"""Purchase orders of several items, reels and sheets of mixed grades, through every room as one order."""

from odoo import Command
from odoo.tests import TransactionCase, tagged

REEL = {"format": "reel", "reel_diameter_max": 1000, "core_diameter": 76}
SHEET = {"format": "sheet"}
# (product of the demo mill, figures, quantity, unit)
ITEMS = [
    ("offset", {**REEL, "basis_weight": 80, "width": 787}, 6, "t"),
    ("offset", {**SHEET, "basis_weight": 100, "width": 889, "length": 1194}, 120, "ream"),
    ("writing", {**SHEET, "basis_weight": 60, "width": 787, "length": 1092}, 90, "ream"),
    ("copy", {**SHEET, "basis_weight": 70, "width": 430, "length": 610}, 300, "ream"),
    ("writing", {**REEL, "basis_weight": 60, "width": 880}, 4.5, "t"),
    ("offset", {**REEL, "basis_weight": 70, "width": 880}, 5200, "kg"),
    ("liner", {**REEL, "basis_weight": 125, "width": 1800, "reel_diameter_max": 1200, "core_diameter": 100}, 9, "t"),
    ("offset", {**SHEET, "basis_weight": 80, "width": 787, "length": 1092}, 20000, "sheet"),
]


@tagged("post_install", "-at_install")
class TestOrderOfSeveralLines(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mill = cls.env["paper.mill.demo"]
        cls.customer = cls.env.ref("paper_mill.customer_chenguang")

    def receive(self, count):
        """Return an order of ``count`` items that sales have taken down: the eight in turn, each time a little wider."""
        lines = []
        for number in range(count):
            name, figures, quantity, unit = ITEMS[number % len(ITEMS)]
            product = self.env.ref(f"paper_mill.product_{name}")
            figures = {
                **figures,
                "width": figures["width"] + number // len(ITEMS),
                "caliper": figures["basis_weight"] * 1.25,
                "tolerance_minus": 5,
                "tolerance_plus": 5,
                "grade_id": product.paper_grade_id.id,
                "partner_id": self.customer.id,
            }
            spec = self.mill._as("sales", self.env["paper.spec"]).create(figures)
            line = {"product_id": product.id, "paper_spec_id": spec.id, "paper_quantity": quantity, "paper_unit": unit}
            lines.append(Command.create(line))
        return self.mill._as("sales", self.env["sale.order"]).create(
            {
                "partner_id": self.customer.id,
                "client_order_ref": f"PO-LINES-{count}",
                "commitment_date": self.mill._moment(60, 17),
                "payment_term_id": self.env.ref("account.account_payment_term_30days").id,
                "order_line": lines,
            }
        )

    def walk(self, count):
        """Take an order of ``count`` items from its arrival to the signed delivery note, by its departments."""
        order = self.receive(count)
        for stage in ("evaluating", "evaluated", "legal", "sent", "confirmed"):
            getattr(self.mill, f"_{stage}")(order)
        self.assertEqual(order.state, "sale")
        self.mill._planned([order])
        for stage in ("produced", "notified", "delivered"):
            getattr(self.mill, f"_{stage}")(order)
        return order.sudo()

    def check(self, order, count):
        self.assertEqual((len(order.paper_evaluation_ids), len(order.contract_ids)), (1, 1))
        self.assertEqual(order.contract_ids.state, "in_force")
        productions = order.mrp_production_ids
        self.assertEqual(set(productions.mapped("state")), {"done"})
        self.assertEqual((len(productions), productions.sale_line_id), (count, order.order_line))
        self.assertEqual(len(productions.paper_plan_id), 1)
        self.assertEqual(set(productions.mapped("inspection_state")), {"passed"})
        # One delivery, one notice, one note: with each item.
        picking = order.picking_ids
        self.assertEqual((len(picking), picking.state, picking.is_signed), (1, "done", True))
        self.assertEqual(picking.paper_notice_id.line_ids.order_line_id, order.order_line)
        self.assertEqual(picking.paper_receipt_ids.order_line_id, order.order_line)
        ordered = {line: round(line.paper_weight_kg) for line in order.order_line}
        rows = self.env["paper.order.report"].search([("order_id", "=", order.id)])
        for figure in ("ordered_kg", "confirmed_kg", "produced_kg", "delivered_kg"):
            told = {self.env["sale.order.line"].browse(row.id): round(row[figure]) for row in rows}
            self.assertEqual(told, ordered, figure)
        way = {item["code"]: item["state"] for item in order._get_sorted_milestones()[order]}
        done = ("confirmed", "planned", "produced", "inspected", "stocked", "notified", "dispatched", "delivered")
        self.assertEqual({code: way[code] for code in done}, dict.fromkeys(done, "done"))
        self.assertEqual(way["visited"], "current")

    def test_eight_items(self):
        """R3.1.1, R3.3.1, R4.1.1, R4.2.1, R5.1.1, R6.1.1, R6.2.1, R6.3.1, R8.1.1: a purchase order of eight items is one order
        in every room, and each of its items is evaluated, agreed, made, inspected, delivered and counted."""
        self.check(self.walk(8), 8)

    def test_one_item(self):
        """R4.2.1: a purchase order of one item goes the same way."""
        self.check(self.walk(1), 1)

    def test_thirty_items(self):
        """R4.2.1: a purchase order of thirty items goes the same way, as one order."""
        self.check(self.walk(30), 30)
