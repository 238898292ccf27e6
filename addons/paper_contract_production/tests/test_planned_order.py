from odoo.tests import tagged

from ..exceptions import PaperBeingMadeError
from .common import SupplementCommon


@tagged("post_install", "-at_install")
class TestPlannedOrder(SupplementCommon):
    def change_spec(self, order, basis_weight=90):
        supplement = self.draft_supplement(order)
        change = supplement.change_ids[:1]
        change.action_revise_spec()
        change.new_spec_id.with_user(self.seller).basis_weight = basis_weight
        return supplement

    def test_what_has_not_begun_follows(self):
        """R4.1.3, R5.1.1: manufacturing order, open moves and final inspection follow the supplement's specification; what
        another line of the order makes stays."""
        first, second = self.create_spec(), self.create_spec(basis_weight=70)
        order = self.create_contracted_order(first, second)
        productions = self.productions(order)
        mine = productions.filtered(lambda rec: rec.paper_spec_id == first)
        inspection = mine._final_inspections()
        supplement = self.change_spec(order)
        new = supplement.change_ids[:1].new_spec_id
        self.walk(supplement)
        self.assertEqual((mine.paper_spec_id, (productions - mine).paper_spec_id), (new, second))
        self.assertEqual(mine.move_finished_ids.paper_spec_id, new)
        line = order.order_line.filtered(lambda item: item.paper_spec_id == new)
        self.assertEqual(line.move_ids.filtered(lambda move: move.state != "cancel").paper_spec_id, new)
        self.assertEqual(inspection.state, "canceled")
        self.assertEqual(mine._final_inspections().paper_spec_id, new)

    def test_what_is_made_stays(self):
        """R4.1.3: paper that is being made changes its specification no more, whoever let the change through; its quantity
        may."""
        order = self.create_contracted_order()
        production = self.productions(order)
        supplement = self.change_spec(order)
        self.approved_plan(production)
        production.with_user(self.operator).workorder_ids[:1].button_start()
        self.assertEqual(production.state, "progress")
        supplement.with_user(self.manager).action_allow_late_change("The customer insists.")
        with self.assertRaises(PaperBeingMadeError):
            supplement.action_submit_review()
        change = supplement.change_ids[:1]
        change.write({"new_spec_id": change.old_spec_id.id, "new_quantity": 1500})
        supplement.with_user(self.manager).action_allow_late_change("Another reel.")
        self.walk(supplement)
        self.assertEqual(order.order_line.paper_quantity, 1500)

    def test_planning_is_told(self):
        """R4.1.3, R5.1.1: planning has to bring the plan up to date after a change; a change of the price is nothing to it."""
        order = self.create_contracted_order()
        told = order.sudo().activity_ids.filtered(lambda item: item.user_id == self.planner)
        self.walk(self.draft_supplement(order, new_price=98.76))
        self.assertEqual(order.sudo().activity_ids.filtered(lambda item: item.user_id == self.planner), told)
        self.walk(self.draft_supplement(order, new_quantity=1200))
        new = order.sudo().activity_ids.filtered(lambda item: item.user_id == self.planner) - told
        self.assertIn("1,200", new.note)
        self.assertNotIn("98.76", new.note)
