from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import QuotationRefusedError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationMaterials(EvaluationCommon):
    """1.1 t of pulp make a tonne of paper; the supplier takes 7 days, paper is due on the 16th, made on the 15th."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.warehouse = cls.env["stock.warehouse"].search([("company_id", "=", cls.company.id)], limit=1)

    def _materials(self, order):
        evaluation = self._submit(order)
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "materials")
        return opinion, opinion.evidence

    def _stock(self, product, quantity):
        self.env["stock.quant"]._update_available_quantity(product, self.warehouse.lot_stock_id, quantity)

    def _receive(self, quantity, date, product=None):
        """Order a material from its supplier, to be received on ``date``."""
        product = product or self.pulp
        order = self.env["purchase.order"].create(
            {
                "partner_id": self.supplier.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_qty": quantity, "date_planned": date, "price_unit": 3})
                ],
            }
        )
        order.button_confirm()
        return order

    def test_free_on_the_day(self):
        """R3.3.3: what is on its way counts on the day it is needed, with its order and date; nothing is to be bought."""
        self._stock(self.pulp, 4000)
        purchase = self._receive(8000, "2026-03-10 08:00:00")
        opinion, facts = self._materials(self._make_order(tonnes=10))
        row = facts["rows"][0]
        self.assertEqual((row["needed"], row["free"], row["free_on_date"], row["shortfall"]), (11000, 4000, 12000, 0))
        self.assertEqual([(item["date"], item["source"]) for item in row["incoming"]], [("2026-03-10", purchase.name)])
        self.assertEqual((row["need_date"], row["ready"], row["risk"]), ("2026-03-15", "2026-03-10", "low"))
        self.assertEqual(opinion.proposal, "yes")
        self.assertIn(purchase.name, str(opinion.evidence_html))

    def test_receipts_at_risk(self):
        """R3.3.3: a receipt that is overdue, or close to the day, is a risk and says why."""
        self._receive(11000, "2026-03-14 08:00:00")
        opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual((facts["rows"][0]["risk"], facts["rows"][0]["reason"]), ("medium", "receipt_tight"))
        self.assertEqual(opinion.proposal, "conditional")
        self._receive(5000, "2026-02-20 08:00:00")
        self._stock(self.pulp, 1000)
        _opinion, facts = self._materials(self._make_order(tonnes=5))
        row = facts["rows"][0]
        self.assertEqual((row["shortfall"], row["risk"], row["reason"]), (0, "medium", "receipt_overdue"))
        self.assertTrue(row["incoming"][0]["late"])
        # What is on hand does without the overdue receipt.
        self._stock(self.pulp, 9000)
        _opinion, facts = self._materials(self._make_order(tonnes=2))
        self.assertEqual((facts["rows"][0]["risk"], facts["rows"][0]["reason"]), ("none", "stock"))

    def test_promised_to_others_is_not_free(self):
        """R3.3.3: what a confirmed manufacturing order will take is not free, be it reserved or not."""
        self._stock(self.pulp, 11000)
        production = self.env["mrp.production"].create(
            {"product_id": self.paper.id, "product_qty": 6, "bom_id": self.bom.id, "date_start": "2026-03-20 08:00:00"}
        )
        production.action_confirm()
        _opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertAlmostEqual(facts["rows"][0]["free_on_date"], 4400)
        self.assertAlmostEqual(facts["rows"][0]["shortfall"], 6600)

    def test_first_submitted_first_served(self):
        """R3.3.3: orders under evaluation compete for the same stock in the order of their submission, in one batch or
        one by one; an order that is called off gives back what it claimed."""
        self._stock(self.pulp, 15000)
        batch = self._make_order(tonnes=10) | self._make_order(tonnes=10)
        evaluations = self._submit(batch)
        rows = [
            evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "materials").evidence["rows"][0]
            for evaluation in evaluations.sorted("id")
        ]
        self.assertEqual([row["shortfall"] for row in rows], [0, 7000])
        _opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual((facts["rows"][0]["free_on_date"], facts["rows"][0]["shortfall"]), (0, 11000))
        claims = self.env["paper.material.claim"].search([("product_id", "=", self.pulp.id)])
        self.assertEqual(sum(claims.mapped("quantity")), 15000)
        evaluations.sorted("id")[0].with_user(self.people["sales"]).action_cancel()
        _opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual(facts["rows"][0]["free_on_date"], 11000)
        # The first of the two takes its figures again and is still before those that came later.
        second = evaluations.sorted("id")[1].opinion_ids.filtered(lambda rec: rec.dimension == "materials")
        second.with_user(self.people["materials"]).action_refresh()
        self.assertEqual(second.evidence["rows"][0]["shortfall"], 0)

    def test_claims_end_with_the_order(self):
        """R3.3.3: an order that fails, or is cancelled, claims nothing any more."""
        self._stock(self.pulp, 11000)
        failed = self._make_order(tonnes=10)
        self._decide(failed, capacity="no")
        self.assertEqual(self._materials(self._make_order(tonnes=10))[1]["rows"][0]["shortfall"], 0)

    def test_lines_of_an_order_compete(self):
        """R3.3.3: the lines of one order take from the same stock."""
        self._stock(self.pulp, 11000)
        _opinion, facts = self._materials(self._make_order(tonnes=10, lines=2))
        self.assertEqual((facts["rows"][0]["needed"], facts["rows"][0]["shortfall"]), (22000, 11000))
        self.assertEqual([line["by"] for line in facts["lines"]], ["stock", "purchase"])

    def test_ready_dates(self):
        """R3.3.3: for the promise date, each line says when its materials are there and which one comes last."""
        order = self._make_order(tonnes=10)
        self.assertEqual(order.order_line._material_ready_dates(), {})
        self._submit(order)
        dates = order.order_line._material_ready_dates()
        self.assertEqual(str(dates[order.order_line][0]), "2026-03-09")
        self.assertIn("Pulp", dates[order.order_line][1])
        self._stock(self.pulp, 11000)
        self.assertEqual(str(order.order_line._material_ready_dates()[order.order_line][0]), "2026-03-02")
        self.seller.unlink()
        self.env["stock.quant"]._update_available_quantity(self.pulp, self.warehouse.lot_stock_id, -11000)
        self.assertIsNone(order.order_line._material_ready_dates()[order.order_line][0] or None)

    def test_supplier_in_another_currency_and_unit(self):
        """R3.3.3: price, least quantity and unit of a supplier are told in company currency and the material's unit."""
        currency = self.env["res.currency"].create({"name": "XPM", "symbol": "X", "rounding": 0.01})
        self.env["res.currency.rate"].create(
            {"currency_id": currency.id, "rate": 0.5, "name": "2026-01-01", "company_id": self.company.id}
        )
        self.seller.write({"currency_id": currency.id, "price": 1500, "product_uom_id": self.tonne.id, "min_qty": 20})
        opinion, facts = self._materials(self._make_order(tonnes=10))
        row = facts["rows"][0]
        self.assertAlmostEqual(row["price"], 3)
        self.assertAlmostEqual(row["min_qty"], 20000)
        action = opinion.with_user(self.people["materials"]).action_request_quotation()
        purchase = self.env["purchase.order"].browse(action["res_id"])
        line = purchase.order_line
        self.assertEqual((line.product_uom_id, line.product_qty), (self.tonne, 20))
        self.assertEqual((purchase.currency_id, purchase.state), (currency, "draft"))
        self.assertEqual(line.paper_evaluation_id, opinion.evaluation_id)

    def test_latest_order_date_and_slack(self):
        """R3.3.3: it says until when to order; too little time left is a risk, with the company's own days to buy."""
        _opinion, facts = self._materials(self._make_order(tonnes=10))
        row = facts["rows"][0]
        self.assertEqual((row["latest_order"], row["arrival"], row["reason"]), ("2026-03-05", "2026-03-09", "orderable"))
        # 10 t are ten hours of PM1: for Monday the 16th on Friday and Monday, of pulp of Thursday; three days on the way earlier.
        self.customer.paper_transit_days = 3
        self.assertEqual(self._materials(self._make_order(tonnes=10))[1]["rows"][0]["latest_order"], "2026-03-04")
        self.customer.paper_transit_days = 0
        self.company.days_to_purchase = 4
        opinion, facts = self._materials(self._make_order(tonnes=10))
        row = facts["rows"][0]
        self.assertEqual((row["latest_order"], row["arrival"], row["reason"]), ("2026-03-01", "2026-03-13", "too_late"))
        self.assertEqual(opinion.proposal, "conditional")

    def test_unreliable_supplier(self):
        """R3.3.3: a supplier who was late too often, by the purchases received from him, is a risk."""
        purchase = self._receive(100, "2026-02-20 08:00:00")
        purchase.picking_ids.move_ids.write({"quantity": 100, "picked": True})
        purchase.picking_ids.button_validate()
        self.assertEqual(purchase.picking_ids.state, "done")
        self.env.flush_all()
        self.env.invalidate_all()
        opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual((facts["rows"][0]["on_time"], facts["rows"][0]["reason"]), (0, "unreliable"))
        self.assertEqual(opinion.proposal, "conditional")
        self.company.paper_supplier_on_time = 0
        self.assertEqual(self._materials(self._make_order(tonnes=10))[1]["rows"][0]["reason"], "orderable")

    def test_substitutes(self):
        """R3.3.3: other suppliers and other bills of materials are told with their effect on cost and their date."""
        other = self.env["res.partner"].create({"name": "Quick pulp"})
        self.env["product.supplierinfo"].create(
            {"partner_id": other.id, "product_tmpl_id": self.pulp.product_tmpl_id.id, "delay": 2, "price": 3.5, "sequence": 9}
        )
        recovered = self._make_product("Recovered paper", uom_id=self.kg.id, standard_price=2)
        self._stock(recovered, 99999)
        self.bom.sequence = 1
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": self.paper.product_tmpl_id.id,
                "product_uom_id": self.tonne.id,
                "sequence": 99,
                "code": "recovered",
                "bom_line_ids": [
                    Command.create({"product_id": recovered.id, "product_qty": 1.2, "product_uom_id": self.tonne.id})
                ],
            }
        )
        opinion, facts = self._materials(self._make_order(tonnes=10))
        offer = facts["rows"][0]["suppliers"][0]
        self.assertEqual((offer["supplier"], offer["arrival"]), ("Quick pulp", "2026-03-04"))
        self.assertAlmostEqual(offer["cost_effect"], 5500)
        recipe = facts["recipes"][0]
        self.assertEqual((recipe["ready"], recipe["by"]), ("2026-03-02", "stock"))
        self.assertAlmostEqual(recipe["cost_effect"], 24000 - 33000)
        html = str(opinion.evidence_html)
        self.assertIn("Quick pulp", html)
        self.assertIn("recovered", html)

    def test_kits_and_units(self):
        """R3.3.3: a kit is taken apart; a component in t of a material in kg converts, one in another kind of unit is named."""
        kit = self._make_product("Furnish", uom_id=self.kg.id)
        self.env["mrp.bom"].create(
            {
                "product_tmpl_id": kit.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": self.kg.id,
                "type": "phantom",
                "bom_line_ids": [
                    Command.create({"product_id": self.pulp.id, "product_qty": 0.9, "product_uom_id": self.tonne.id})
                ],
            }
        )
        self.bom.bom_line_ids = [
            Command.clear(),
            Command.create({"product_id": kit.id, "product_qty": 1.1, "product_uom_id": self.tonne.id}),
        ]
        _opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual([row["material"] for row in facts["rows"]], [self.pulp.display_name])
        self.assertAlmostEqual(facts["rows"][0]["needed"], 9900)
        felt = self._make_product("Felt", uom_id=self.env.ref("uom.product_uom_unit").id)
        line = self.env["mrp.bom.line"].create({"bom_id": self.bom.id, "product_id": felt.id, "product_qty": 1})
        line.product_uom_id = self.env.ref("uom.product_uom_meter")
        opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual(facts["faults"], [[self.paper.display_name, felt.display_name]])
        self.assertFalse(opinion.proposal)
        self.assertIn("does not convert", opinion.headline)

    def test_quotation_once(self):
        """R3.3.3: purchasing drafts the request for quotation from its opinion, once; others cannot."""
        opinion, _facts = self._materials(self._make_order(tonnes=10))
        for name in ("sales", "capacity"):
            with self.assertRaises(QuotationRefusedError):
                opinion.with_user(self.people[name]).action_request_quotation()
        opinion = opinion.with_user(self.people["materials"])
        action = opinion.action_request_quotation()
        purchase = self.env["purchase.order"].browse(action["res_id"])
        self.assertEqual((purchase.partner_id, purchase.order_line.product_qty), (self.supplier, 11000))
        self.assertEqual(str(purchase.order_line.date_planned.date()), "2026-03-15")
        with self.assertRaises(QuotationRefusedError):
            opinion.action_request_quotation()
        opinion.invalidate_recordset()
        self.assertEqual(opinion.quotation_count, 1)
        purchase.button_cancel()
        self.assertTrue(opinion.action_request_quotation())

    def test_no_delivery_date_and_service(self):
        """R3.3.3: a service needs no stock; without a delivery date a shortfall proposes nothing."""
        service = self._make_product("Colour matching", type="service", is_storable=False)
        self.bom.bom_line_ids = [Command.create({"product_id": service.id, "product_qty": 1})]
        opinion, facts = self._materials(self._make_order(commitment_date=False))
        self.assertFalse(opinion.proposal)
        self.assertEqual([row["risk"] for row in facts["rows"] if row["material"] == service.display_name], ["none"])
        self._stock(self.pulp, 11000)
        self.assertEqual(self._materials(self._make_order(commitment_date=False))[0].proposal, "yes")

    def test_another_company(self):
        """R3.3.3: stock, bills of materials and claims of another company are not this one's."""
        company = self.env["res.company"].create({"name": "Second mill"})
        foreign = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
        self.env["stock.quant"].with_company(company)._update_available_quantity(self.pulp, foreign.lot_stock_id, 50000)
        self._stock(self.pulp, 1000)
        opinion, facts = self._materials(self._make_order(tonnes=10))
        self.assertEqual(facts["rows"][0]["free_on_date"], 1000)
        user = new_test_user(
            self.env,
            "eval_foreign_buyer",
            groups="base.group_user,paper_base.group_purchasing",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )
        self.assertFalse(self.env["paper.material.claim"].with_user(user).search([("order_id", "=", opinion.order_id.id)]))
        with self.assertRaises(AccessError):
            opinion.with_user(user).action_request_quotation()

    def test_claims_are_the_evaluations_own(self):
        """R3.3.3: nobody writes what an order claims."""
        self._stock(self.pulp, 11000)
        opinion, _facts = self._materials(self._make_order(tonnes=10))
        claim = self.env["paper.material.claim"].search([("order_id", "=", opinion.order_id.id)])
        self.assertTrue(claim)
        for name in ("materials", "chair"):
            with self.assertRaises(AccessError):
                claim.with_user(self.people[name]).quantity = 0
            with self.assertRaises(AccessError):
                claim.with_user(self.people[name]).unlink()
