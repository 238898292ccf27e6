from unittest.mock import patch

from lxml import etree
from odoo import Command
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestPrints(PaperQualityCommon):
    """Every print of the mill, of records that hold nothing but what they must."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        orders = cls.env.registry["sale.order"]
        cls.startClassPatcher(patch.object(orders, "_get_blockers", lambda records, step: {rec: [] for rec in records}))
        cls.customer = cls.env["res.partner"].create({"name": "Bare"})
        cls.product = cls.paper
        cls.seller = new_test_user(
            cls.env, "prints_seller", groups="paper_base.group_sales,sales_team.group_sale_salesman_all_leads"
        )

    def order(self):
        line = Command.create({"product_id": self.product.id, "product_uom_qty": 10})
        order = self.env["sale.order"].create({"partner_id": self.customer.id, "order_line": [line]})
        order.write({"commitment_date": False, "client_order_ref": False, "user_id": False, "payment_term_id": False})
        return order

    def contract(self):
        contracts = self.env["paper.contract"].with_user(self.seller)
        return contracts.create({"order_id": self.order().id}).with_env(self.env)

    def contract_copy(self):
        contract = self.contract()
        values = {"contract_id": contract.id, "company_id": contract.company_id.id,
                  "department_id": self.env.ref("paper_base.group_planning").id}
        return self.env["paper.contract.copy"]._by_step().create(values)

    def suspension(self):
        order = self.order()
        order.action_confirm()
        return self.env["paper.performance.suspension"].create(
            {"order_id": order.id, "ground": self.env["paper.performance.suspension"]._fields["ground"].get_values(self.env)[0],
             "evidence": "A bank's letter."}
        )

    def picking(self):
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.env["stock.warehouse"].search([], limit=1).lot_stock_id, 10
        )
        order = self.order()
        order.action_confirm()
        order.picking_ids.action_assign()
        return order.picking_ids[:1]

    def inspection(self):
        return self.passed(self.create_production()).sudo()

    def lot(self):
        inspection = self.inspection()
        lot = self.env["stock.lot"].create({"name": f"BARE-{inspection.id}", "product_id": self.product.id})
        inspection.production_id.lot_producing_ids = lot
        return lot

    def certified_picking(self):
        picking, inspection = self.picking(), self.inspection()
        picking.reference_ids.production_ids = inspection.production_id
        return picking

    def issued_certificate(self):
        return self.env["paper.certificate"].with_user(self.inspector)._issue(self.lot()).with_env(self.env)

    def trim(self):
        winder = self.env["mrp.workcenter"].create({"name": "Bare winder", "paper_is_winder": True})
        return self.env["paper.trim.problem"].create({"workcenter_id": winder.id})

    def trip(self):
        return self.env["stock.picking.batch"].create({"picking_ids": [Command.set(self.picking().ids)]})

    def statement(self):
        return self.env["paper.statement"].create({"partner_id": self.customer.id})

    def plan_sheet(self):
        plan = self.env["paper.production.plan"].create({})
        version = self.env["paper.plan.version"]._by_step().create({"plan_id": plan.id, "number": 1})
        return self.env["paper.plan.sheet"]._by_step().create({"version_id": version.id, "department": "workshop"})

    def purchase_contract(self):
        return self.env["purchase.order"].create({"partner_id": self.customer.id})

    def shift_log(self):
        machine = self.env["mrp.workcenter"].create({"name": "Bare machine"})
        values = {"workcenter_id": machine.id, "day": machine.create_date.date(), "shift": "early"}
        return self.env["paper.shift.log"].create(values)

    def archive(self):
        return self.env["paper.aftersales.export"].create({})

    def summary(self):
        return self.env["paper.aftersales.summary"].create({})

    def records(self):
        """Return a record for each report, by the report's name."""
        return {
            "paper_aftersales.report_archive": self.archive,
            "paper_aftersales.report_summary": self.summary,
            "paper_contract.report_contract": self.contract,
            "paper_contract.report_contract_copy": self.contract_copy,
            "paper_delivery.report_delivery_note": self.picking,
            "paper_delivery.report_certificate": self.certified_picking,
            "paper_delivery.report_continuous_note": self.picking,
            "paper_delivery.report_loading_list": self.trip,
            "paper_delivery.report_statement": self.statement,
            "paper_order_credit.report_suspension": self.suspension,
            "paper_production.report_plan_sheet": self.plan_sheet,
            "paper_production.report_purchase_contract": self.purchase_contract,
            "paper_quality.report_certificate": self.inspection,
            "paper_quality.report_certificate_both": self.inspection,
            "paper_quality.report_issued_certificate": self.issued_certificate,
            "paper_quality.report_lot_certificate": self.lot,
            "paper_shopfloor.report_shift_log": self.shift_log,
            "paper_trim.report_trim": self.trim,
            "sale.report_saleorder": self.order,
            "stock.report_deliveryslip": self.picking,
        }

    # The case of a contract is merged of sections that it prints itself: paper_contract tests them. A label is read by
    # scanners: what it lacks is refused by name, and paper_roll tests it.
    elsewhere = {
        "paper_contract.report_contract_case",
        "paper_roll.report_core_label",
        "paper_roll.report_roll_label",
        "paper_roll.report_roll_zpl",
    }

    def test_every_print_does_without_what_is_optional(self):
        """R4.1.3, R6.1.1, R6.3.1: every print of the mill renders in both languages, whatever of its record is empty."""
        self.env["res.lang"]._activate_lang("zh_CN")
        known = self.records()
        ours = self.env["ir.actions.report"].search([("report_name", "=like", "paper\\_%")]).mapped("report_name")
        self.assertTrue(ours)
        self.assertEqual(set(ours) - self.elsewhere, {name for name in known if name.startswith("paper_")})
        for name, build in known.items():
            record = build()
            for lang in ("zh_CN", "en_US"):
                with self.subTest(report=name, lang=lang):
                    self.customer.lang = lang
                    page = self.env["ir.actions.report"].with_context(lang=lang)._render_qweb_html(name, record.ids)[0]
                    self.assertIn(b"article", page)

    def test_options_are_always_a_dictionary(self):
        """R6.3.1: no template of ours takes its options away where a value is missing: such a print is a crash."""
        addons = [name for name in self.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
                  if name.startswith("paper_")]
        views = self.env["ir.ui.view"].search([("type", "=", "qweb"), ("key", "!=", False)])
        found = []
        for view in views.filtered(lambda rec: rec.key.split(".")[0] in addons):
            for node in etree.fromstring(view.arch_db).iter(etree.Element):
                options = (node.get("t-options") or "").strip()
                if options and not (options.startswith("{") and options.endswith("}")):
                    found.append((view.key, options))
        self.assertEqual(found, [])
