from unittest.mock import patch

from odoo import Command
from odoo.addons.paper_quality.exceptions import CertificateRefusedError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOrderInspection(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # What other addons of the mill ask for before an order is confirmed or planned is not what is tested here.
        orders = cls.registry["sale.order"]
        cls.startClassPatcher(patch.object(orders, "_get_blockers", lambda orders, step: {rec: [] for rec in orders}))
        mto = cls.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        cls.paper.route_ids = mto | cls.env.ref("mrp.route_warehouse0_manufacture")
        cls.customer = cls.env["res.partner"].create({"name": "Printer"})

    def create_order(self, *specs):
        """Return a confirmed order with a line for each specification."""
        order = self.env["sale.order"].create(
            {
                "partner_id": self.customer.id,
                "order_line": [
                    Command.create({"product_id": self.paper.id, "paper_spec_id": spec.id, "paper_quantity": 1000})
                    for spec in specs
                ],
            }
        )
        order.action_confirm()
        return order

    def milestone(self, order):
        return next(item for item in order._get_milestones()[order] if item["code"] == "inspected")

    def test_specification_reaches_production(self):
        """R4.2.1: the specification of a line is that of its delivery, its manufacturing order and its inspection."""
        specs = self.create_spec() | self.create_spec(width=880)
        order = self.create_order(*specs)
        productions = order.stock_reference_ids.production_ids
        self.assertEqual(productions.paper_spec_id, specs)
        self.assertEqual(len(productions), 2)
        self.assertEqual(productions.inspection_ids.paper_spec_id, specs)
        for line in order.order_line:
            self.assertEqual(line.move_ids.paper_spec_id, line.paper_spec_id)
            made = line.move_ids.move_orig_ids.production_id
            self.assertEqual(made.paper_spec_id, line.paper_spec_id)

    def test_milestone(self):
        """R6.1.1: the order shows its final inspection, for each manufacturing order."""
        order = self.create_order(self.create_spec(), self.create_spec(width=880))
        first, second = order.stock_reference_ids.production_ids
        self.assertEqual(self.milestone(order)["state"], "todo")
        self.passed(first)
        self.assertEqual(self.milestone(order)["state"], "current")
        self.passed(second)
        done = self.milestone(order)
        self.assertEqual(done["state"], "done")
        self.assertTrue(done["date"])

    def test_what_was_inspected_counts_by_weight(self):
        """R6.1.1, R5.3.3: a third that passed is no passed order: neither while the rest is to come nor once it is given up."""
        order = self.create_order(self.create_spec())
        production = order.stock_reference_ids.production_ids
        self.passed(production, qty=300)
        part = self.milestone(order)
        self.assertEqual(part["state"], "current")
        self.assertIn("300 of 1,000 kg", part["name"])
        production.with_context(skip_backorder=True, mo_ids_to_backorder=[]).button_mark_done()
        short = self.milestone(order)
        self.assertEqual((production.state, short["state"]), ("done", "short"))
        self.assertIn("300 of 1,000 kg", short["name"])

    def test_one_line_of_two(self):
        """R6.1.1: each line counts for itself: all of one makes up for no other, and nothing of a cancelled order passes."""
        order = self.create_order(self.create_spec(), self.create_spec(width=880))
        first, second = order.stock_reference_ids.production_ids
        self.passed(first, qty=1000)
        self.assertEqual(self.milestone(order)["state"], "current")
        second.action_cancel()
        short = self.milestone(order)
        self.assertEqual(short["state"], "short")
        self.assertIn("1,000 of 2,000 kg", short["name"])

    def test_failed_milestone(self):
        """R5.3.2: a failed inspection shows on the order."""
        order = self.create_order(self.create_spec([{"name": "Moisture", "maximum": 7, "has_maximum": True}]))
        self.failed(order.stock_reference_ids.production_ids)
        self.assertEqual(self.milestone(order)["state"], "failed")

    def test_nothing_to_make(self):
        """R6.1.1: an order from stock has nothing to inspect."""
        self.paper.route_ids = False
        order = self.create_order(self.create_spec())
        self.assertEqual(self.milestone(order)["state"], "todo")
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 1000)
        order.picking_ids.action_assign()
        self.assertEqual(self.milestone(order)["state"], "skipped")

    def test_certificates(self):
        """R6.1.1: the order leads to the certificates of what has passed, in its customer's language, with its own number."""
        self.env["res.lang"]._activate_lang("zh_CN")
        self.customer.lang = "zh_CN"
        order = self.create_order(self.create_spec(), self.create_spec(width=880))
        order.user_id = self.seller
        self.assertEqual(order.paper_certificate_count, 0)
        with self.assertRaises(CertificateRefusedError):
            order.with_user(self.seller).action_print_certificate()
        first, second = order.stock_reference_ids.production_ids
        self.passed(first)
        self.failed(second)
        order.invalidate_recordset(["paper_certificate_count"])
        self.assertEqual(order.paper_certificate_count, 1)
        inspection = first.inspection_ids
        self.assertEqual(order._certified_inspections(), inspection)
        self.assertEqual(inspection._certificate_order(), order)
        page = self.env["ir.actions.report"]._render_qweb_html("paper_quality.report_certificate", inspection.ids)[0].decode()
        for text in (order.name, 'data-oe-lang="zh_CN"', self.customer.name):
            self.assertIn(text, page)
