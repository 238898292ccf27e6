from odoo.tests import new_test_user, tagged

from .common import PaperRollCommon


@tagged("post_install", "-at_install")
class TestTelling(PaperRollCommon):
    """Who hears of it when a roll is stopped."""

    def told(self, records, user):
        return records.activity_ids.filtered(lambda activity: activity.user_id == user)

    def test_whoever_has_to_act_is_told(self):
        """R5.3.2: quality hears once of all sister rolls that were put on hold, and no more when it has decided; whoever prepares
        a delivery that loses rolls hears of it; nobody hears of the own department's step."""
        other = new_test_user(self.env, "roll_colleague", groups="paper_base.group_workshop")
        _jumbo, _sets, rolls = self.jumbo(sets=1, across=3)
        for roll in rolls:
            self.give(roll, "sale")
            self.stock(roll, 192)
        delivery = self.delivery(576)
        delivery.action_assign()
        rolls[0].with_user(self.winder).action_hold_sisters("Streak", scope="jumbo")
        first = self.told(rolls, self.inspector)
        self.assertEqual(len(first), 1, "one to-do for all of them")
        for roll in rolls:
            self.assertIn(roll.name, first.summary)
        self.assertIn("Streak", first.summary)
        self.assertFalse(self.told(rolls, other))
        self.assertIn(rolls[2].name, self.told(delivery, self.keeper).summary)
        self.assertFalse(delivery.move_line_ids)
        self.env["stock.lot"].browse(first.res_id).with_user(self.inspector).action_rework("Rewind")
        self.assertFalse(self.told(rolls, self.inspector))
        self.assertTrue(self.told(rolls, self.winder))
