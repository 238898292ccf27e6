from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from ...exceptions import MarginTooLowError, OpinionIncompleteError, PriceRoundError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationPrice(EvaluationCommon):
    """Below the lowest margin, finance and sales settle price or cost."""

    def setUp(self):
        super().setUp()
        self.company.paper_evaluation_min_margin = 10
        figures = {"revenue": 35000.0, "cost": 34000.0, "margin_percent": 100 / 35, "lowest": 10.0}
        Evaluation = type(self.env["paper.evaluation"])
        self.patch(Evaluation, "_margin_figures", lambda records: dict.fromkeys(records, figures))
        self.order = self._make_order(price=3500)
        self.evaluation = self._submit(self.order)

    def _open(self):
        self.evaluation.with_user(self.people["cost"]).action_open_price_round()
        return self.evaluation.price_round_ids

    def _offer(self, talk, name, **values):
        return self.env["paper.evaluation.price.offer"].with_user(self.people[name]).create({"round_id": talk.id, **values})

    def test_offers_until_one_is_accepted(self):
        """R3.3.5: every offer is kept with who made it, when, and the margin it results in; the other side accepts."""
        talk = self._open()
        self.assertAlmostEqual(talk.margin_percent, 100 / 35, 2)
        self.assertIn(self.people["sales"], self.order.activity_ids.user_id)
        first = self._offer(talk, "cost", price_percent=10)
        self.assertAlmostEqual(first.margin_percent, 100 * (38500 - 34000) / 38500, 2)
        second = self._offer(talk, "sales", price_percent=5, saving=1500, measure="Cheaper pulp")
        self.assertAlmostEqual(second.margin_percent, 100 * (36750 - 32500) / 36750, 2)
        self.assertEqual((second.side, second.user_id), ("sales", self.people["sales"]))
        self.assertEqual(first.side, "finance")
        with self.assertRaises(PriceRoundError):
            second.with_user(self.people["sales"]).action_accept()
        second.with_user(self.people["cost"]).action_accept()
        self.assertEqual((talk.state, talk.agreed_offer_id, talk.closed_by_id), ("agreed", second, self.people["cost"]))
        for record in (first, second):
            with self.assertRaises(PriceRoundError):
                record.sudo().write({"price_percent": 1})
            with self.assertRaises(PriceRoundError):
                record.sudo().unlink()
        with self.assertRaises(PriceRoundError):
            talk.sudo().write({"state": "open"})

    def test_financing_grows_with_the_price(self):
        """R3.3.5: a higher price is waited for as long as a lower one: the resulting margin counts that."""
        figures = {"revenue": 35000.0, "cost": 34000.0, "margin_percent": 100 / 35, "lowest": 10.0, "financing": 700.0}
        self.patch(type(self.evaluation), "_margin_figures", lambda records: dict.fromkeys(records, figures))
        offer = self._offer(self._open(), "cost", price_percent=10)
        self.assertAlmostEqual(offer.margin_percent, 100 * (38500 - 34070) / 38500, 2)

    def test_agreed_price_goes_into_the_order(self):
        """R3.3.5: sales writes the agreed price; sales and finance answer anew, the others' opinions stand."""
        for dimension in ("capacity", "materials", "technical"):
            self._opinion(self.evaluation, dimension).action_agree()
        talk = self._open()
        self._offer(talk, "cost", price_percent=10).with_user(self.people["sales"]).action_accept()
        with self.assertRaises(PriceRoundError):
            talk.with_user(self.people["cost"]).action_apply_price()
        talk.with_user(self.people["sales"]).action_apply_price()
        self.assertAlmostEqual(self.order.order_line.price_unit, 3850)
        again = self.order._current_evaluation()
        self.assertEqual(again._pending_opinions().mapped("dimension"), ["sales", "cost"])
        with self.assertRaises(PriceRoundError):
            talk.with_user(self.people["sales"]).action_apply_price()

    def test_too_low_needs_the_management(self):
        """R3.3.5: an agreement below the lowest margin is the management's."""
        talk = self._open()
        offer = self._offer(talk, "sales", price_percent=1)
        self.assertFalse(offer.above_lowest)
        with self.assertRaises(MarginTooLowError):
            offer.with_user(self.people["cost"]).action_accept()
        offer.with_user(self.people["chair"]).action_accept()
        self.assertEqual(talk.state, "agreed")

    def test_no_agreement(self):
        """R3.3.5: finance ends the round without an agreement, sales is told; the opinion waits for its end."""
        talk = self._open()
        cost = self._opinion(self.evaluation, "cost")
        cost.write({"verdict": "no", "comment": "Loss"})
        with self.assertRaises(OpinionIncompleteError):
            cost.action_submit()
        with self.assertRaises(PriceRoundError):
            talk.with_user(self.people["sales"]).action_fail("Too dear")
        with self.assertRaises(PriceRoundError):
            talk.with_user(self.people["sales"]).reason = "Too dear"
        with self.assertRaises(PriceRoundError):
            talk.with_user(self.people["cost"]).action_fail()
        talk.with_user(self.people["cost"]).reason = "Too dear"
        talk.with_user(self.people["cost"]).action_fail()
        self.assertEqual((talk.state, talk.reason), ("failed", "Too dear"))
        cost.action_submit()
        with self.assertRaises(PriceRoundError):
            self._offer(talk, "sales", price_percent=20)

    def test_who_opens_when(self):
        """R3.3.5: finance alone opens a round, once at a time, below the lowest margin, while the panel sits."""
        for name in ("sales", "chair", "capacity"):
            with self.assertRaises(PriceRoundError):
                self.evaluation.with_user(self.people[name]).action_open_price_round()
        with self._refused(PriceRoundError, AccessError):
            self.env["paper.evaluation.price.round"].with_user(self.people["cost"]).create(
                {"evaluation_id": self.evaluation.id}
            )
        talk = self._open()
        with self.assertRaises(PriceRoundError):
            self._open()
        self.evaluation.with_user(self.people["sales"]).action_cancel()
        self.assertEqual(talk.state, "closed")
        with self.assertRaises(PriceRoundError):
            self._open()

    def test_not_below_the_lowest(self):
        """R3.3.5: where the margin is not below the lowest one there is nothing to settle."""
        figures = {"revenue": 60000.0, "cost": 34000.0, "margin_percent": 43.3, "lowest": 10.0}
        self.patch(type(self.evaluation), "_margin_figures", lambda records: dict.fromkeys(records, figures))
        with self.assertRaises(PriceRoundError):
            self._open()

    def test_an_offer_says_something(self):
        """R3.3.5: an offer changes the price, or saves cost by a named measure."""
        talk = self._open()
        for values in ({}, {"measure": "Try harder"}, {"saving": 100}, {"price_percent": 0, "measure": "x"}):
            with self.assertRaises(PriceRoundError):
                self._offer(talk, "sales", **values)

    def test_an_offer_is_signed_by_its_author(self):
        """R3.3.5: nobody offers in another's name."""
        offer = self._offer(
            self._open(), "sales", price_percent=3, side="finance", user_id=self.people["cost"].id, date="2020-01-01 00:00:00"
        )
        self.assertEqual((offer.side, offer.user_id), ("sales", self.people["sales"]))
        self.assertEqual(offer.date.year, 2026)

    def test_margins_by_right(self):
        """R3.3.5: rounds and margins are read by finance, sales and management; never by others or in the portal."""
        talk = self._open()
        offer = self._offer(talk, "sales", price_percent=3)
        portal = new_test_user(self.env, "eval_portal", groups="base.group_portal")
        for user in (self.people["capacity"], self.people["legal"], portal):
            for record in (talk, offer):
                with self.assertRaises(AccessError):
                    record.with_user(user).read(["margin_percent"])
            with self.assertRaises(AccessError):
                self.evaluation.with_user(user).read(["price_round_ids"])
        for name in ("cost", "sales", "chair"):
            self.assertTrue(offer.with_user(self.people[name]).margin_percent)
        messages = self.env["mail.message"].sudo().search([("model", "in", ("sale.order", "paper.evaluation"))])
        self.assertFalse([message for message in messages if "2.86" in (message.body or "")])
