from odoo.tests import tagged

from .common import DeliveryCommon


@tagged("post_install", "-at_install")
class TestStoppedRolls(DeliveryCommon):
    def test_whoever_sold_the_roll_is_told(self):
        """R5.3.2, R6.2: whoever sold a roll hears that it was put on hold: the delivery lacks it, or it has left."""
        reels = self._paper(name="Reels", tracking="lot")
        gone = self._lot(reels, "GONE", 100)
        first = self._order(product=reels, quantity=100, stocked=False)
        self._dispatch(first)
        kept = self._lot(reels, "KEPT", 100)
        second = self._order(product=reels, quantity=100, stocked=False)
        self.assertEqual(second.picking_ids.move_line_ids.lot_id, kept)
        (gone | kept).with_user(self.workshop).action_hold("Streak through the jumbo reel")
        self.assertEqual((kept.paper_disposition, second.picking_ids.move_line_ids.lot_id), ("held", reels.env["stock.lot"]))
        for order, name, words in ((first, "GONE", "have left for the customer"), (second, "KEPT", "no longer for sale")):
            mine = order.activity_ids.filtered(lambda activity: activity.user_id == self.sales)
            told = [summary for summary in mine.mapped("summary") if name in (summary or "")]
            self.assertEqual(len(told), 1, name)
            self.assertIn(words, told[0])
