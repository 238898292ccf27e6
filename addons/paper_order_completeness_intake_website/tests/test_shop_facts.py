from datetime import timedelta

from odoo.addons.paper_order_intake_website.tests.test_shop import SHEET, ShopCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestShopFacts(ShopCommon):
    """What an order of the web shop lacks is asked for as of every other; bounds of answers hold in the shop."""

    def _facts(self, order):
        return {gap["fact"] for gap in order.paper_missing}

    def test_what_is_missing_is_asked_for(self):
        """R3.2.1: a web order without a date is incomplete like every other."""
        order = self._fill_cart()
        self._submit()
        self.assertIn("delivery_date", self._facts(order))

    def test_every_paper_with_its_day(self):
        """R3.2.1: where each paper has its day nobody asks for another one; where one has none, somebody does."""
        day = self.website.company_id._paper_today() + timedelta(days=40)
        dated = {**SHEET, "delivery_date": day.isoformat()}
        order = self._fill_cart(dated, {**dated, "quantity": "8"})
        self._submit()
        self.assertNotIn("delivery_date", self._facts(order))
        order = self._fill_cart(dated, {**SHEET, "quantity": "7"})
        self._submit()
        self.assertIn("delivery_date", self._facts(order))

    def test_terms(self):
        """R3.2.1: payment is as agreed with the customer; where nothing is agreed, it is asked for."""
        order = self._fill_cart()
        self._submit()
        self.assertIn("payment_terms", self._facts(order))

    def test_bounds_of_an_answer(self):
        """R3.2.1: a figure beyond the bounds that the mill sets is told at its field of the shop's page."""
        company = self.website.company_id
        fact = self.env["paper.required.fact"].search([("company_id", "=", company.id), ("target", "=", "paper.spec,width")])
        fact.write({"minimum": 500, "maximum": 1000})
        self.assertEqual(self.paper._paper_bounds(company)["width"], (500, 1000))
        self.authenticate(self.buyer.login, self.buyer.login)
        self.assertIn("width", self._rpc("/shop/paper/quote", {**SHEET, "width": "1200"})["errors"])
