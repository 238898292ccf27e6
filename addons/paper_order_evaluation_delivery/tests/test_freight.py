from unittest.mock import patch

from odoo import Command
from odoo.addons.paper_base.exceptions import OrderRightError
from odoo.addons.paper_order_evaluation.tests.common import EvaluationCommon
from odoo.tests import new_test_user, tagged


@tagged("post_install", "-at_install")
class TestFreight(EvaluationCommon):
    """The case of readme/DESCRIPTION.md: carriers A and B, 10 t of paper at 6,000."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["delivery.carrier"].search([]).active = False
        cls.china = cls.env.ref("base.cn")
        cls.customer.write({"country_id": cls.china.id, "zip": "200000"})
        cls.env["paper.cost.rate"].create(
            {"kind": "freight", "rate": 150, "date_from": "2026-01-01", "company_id": cls.company.id}
        )
        cls.a = cls._carrier("A", [("weight", ">=", 0, 800, 0.12)], country_ids=cls.china.ids)
        cls.b = cls._carrier("B", [("weight", "<=", 5000, 0, 0.25), ("weight", ">", 5000, 0, 0.18)])

    @classmethod
    def _carrier(cls, name, rules=(), **values):
        product = cls.env["product.product"].create({"name": name, "type": "service", "list_price": 0, "taxes_id": False})
        return cls.env["delivery.carrier"].create(
            {
                "name": name,
                "product_id": product.id,
                "delivery_type": "base_on_rule" if rules else "fixed",
                "price_rule_ids": [
                    Command.create(
                        {
                            "variable": variable,
                            "operator": operator,
                            "max_value": bound,
                            "list_base_price": base,
                            "list_price": price,
                            "variable_factor": "weight",
                        }
                    )
                    for variable, operator, bound, base, price in rules
                ],
                **values,
            }
        )

    def _facts(self, order=None, **values):
        evaluation = self._submit(order or self._make_order(**values))
        return evaluation, evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "cost").cost_evidence

    def test_cheapest_that_serves(self):
        """R3.3.5: the cheapest carrier that serves the address is the freight, and the cost sheet names it."""
        evaluation, facts = self._facts()
        self.assertAlmostEqual(facts["elements"]["freight"], 1800, 2)
        self.assertEqual((facts["freight"]["carrier"], facts["freight"]["others"]), ("B", [["A", 2000]]))
        shown = self._opinion(evaluation, "cost").evidence_html
        self.assertIn("Cheapest, taken", shown)
        self.assertIn("2,000", shown)

    def test_shared_by_weight(self):
        """R3.3.5: the lines of an order bear its freight by their weight."""
        order = self._make_order(lines=2)
        order.order_line[1].product_uom_qty = 5
        rows = self._facts(order)[1]["rows"]
        self.assertEqual([round(row["elements"]["freight"], 2) for row in rows], [1733.33, 866.67])

    def test_chosen_on_the_order(self):
        """R3.3.5: the carrier on the order counts, though another is cheaper; what the customer pays for it is taken off."""
        order = self._make_order()
        order.set_delivery_line(self.a, 500)
        _evaluation, facts = self._facts(order)
        self.assertTrue(facts["freight"]["chosen"])
        self.assertAlmostEqual(facts["freight"]["price"], 2000, 2)
        self.assertAlmostEqual(facts["elements"]["freight"], 1500, 2)

    def test_who_does_not_serve(self):
        """R3.3.5: neither another country, a load that is too heavy, another company's carrier nor a price of 0 counts."""
        self.b.country_ids = self.env.ref("base.de")
        other = self.env["res.company"].create({"name": "Other mill"})
        self._carrier("Elsewhere", fixed_price=10, company_id=other.id)
        self._carrier("Van", fixed_price=20, max_weight=3000)
        self._carrier("Free")
        facts = self._facts()[1]
        self.assertEqual((facts["freight"]["carrier"], facts["freight"]["others"]), ("A", []))

    def test_rate_per_tonne_stays(self):
        """R3.3.5: where no carrier tells a price, the freight is the rate per tonne, and the sheet says of whom."""
        (self.a | self.b).active = False
        self.assertAlmostEqual(self._facts()[1]["elements"]["freight"], 1500, 2)
        order = self._make_order(carrier_id=self._carrier("Free").id)
        evaluation, facts = self._facts(order)
        self.assertAlmostEqual(facts["elements"]["freight"], 1500, 2)
        self.assertIn("Free, chosen on the order, tells no price", self._opinion(evaluation, "cost").evidence_html)

    def test_nobody_is_called(self):
        """R3.3.5: a provider that tells its price over the network is left out; nothing but reading goes on."""
        with patch.object(type(self.a), "rate_shipment", side_effect=AssertionError("called")):
            order = self._make_order()
            self.env.flush_all()
            with patch.object(type(order), "write", side_effect=AssertionError("written")):
                evaluations = self.env["paper.evaluation"].new({"order_id": order.id})
                evaluations._order_freights({"freight": 150})
        with patch.object(type(self.a), "_get_delivery_type", lambda carrier: "courier"):
            self.assertEqual(self._facts()[1]["freight"]["by"], "rate")

    def test_margins_are_the_customers(self):
        """R3.3.5: the margin on the carrier and a free delivery are for the bill; the mill pays the carrier."""
        self.b.write({"margin": 0.5, "fixed_margin": 100, "free_over": True, "amount": 1})
        self.assertAlmostEqual(self._facts()[1]["elements"]["freight"], 1800, 2)

    def test_currency_of_the_order(self):
        """R3.3.5: a fixed price and a rule by the order's amount hold in company currency, whatever the order's is."""
        euro = self.env.ref("base.EUR") if self.company.currency_id.name != "EUR" else self.env.ref("base.USD")
        euro.active = True
        self.env["res.currency.rate"].create(
            {"currency_id": euro.id, "company_id": self.company.id, "name": "2026-03-01", "rate": 0.125}
        )
        pricelist = self.env["product.pricelist"].create({"name": "Abroad", "currency_id": euro.id})
        (self.a | self.b).active = False
        self._carrier("Rich", [("price", ">=", 60000, 0, 0.1)])  # 10 t at 750 abroad are 60,000 at home
        order = self._make_order(price=750, pricelist_id=pricelist.id)
        self.assertAlmostEqual(self._facts(order)[1]["elements"]["freight"], 1000, 2)

    def test_queries_of_a_batch(self):
        """R3.3.5: the carriers are read once for a batch of orders."""

        def queries(count):
            orders = self.env["sale.order"].union(*(self._make_order() for _number in range(count)))
            evaluations = self._submit(orders).sudo()
            evaluations._order_freights({})
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            evaluations._order_freights({})
            return self.env.cr.sql_log_count - before

        few = queries(2)
        self.assertLessEqual(queries(12), few)

    def test_who_works_with_goods_may_ask_a_carrier(self):
        """R6.2.1: whoever works with goods is told which carriers serve a place, also those that serve some postal codes only."""
        self.a.zip_prefix_ids = self.env["delivery.zip.prefix"].create({"name": "21"})
        for group in ("stock.group_stock_user", "paper_base.group_technical"):
            user = new_test_user(self.env, f"goods.{group}", groups=f"{group},paper_base.group_purchasing")
            self.env.invalidate_all()
            with self.subTest(group=group):
                self.assertFalse(self.a.with_user(user)._match_address(self.customer))
                self.assertTrue(self.b.with_user(user)._match_address(self.customer))

    def test_freight_of_the_customer_is_a_price_of_sales(self):
        """R4.2.2: who does not change an order is not asked for a carrier first and refused afterwards."""
        order = self._make_order()
        for department in ("warehouse", "logistics", "finance"):
            user = new_test_user(self.env, f"freight_{department}", groups=f"paper_base.group_{department}")
            with self.subTest(department), self.assertRaises(OrderRightError):
                order.with_user(user).action_open_delivery_wizard()
        seller = new_test_user(self.env, "freight_sales", groups="paper_base.group_sales")
        order.user_id = seller
        self.assertEqual(order.with_user(seller).action_open_delivery_wizard()["res_model"], "choose.delivery.carrier")
