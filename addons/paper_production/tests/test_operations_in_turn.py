from odoo import Command
from odoo.addons.paper_production.exceptions import FailedCheckError, OperationOrderError
from odoo.addons.paper_production.tests.common import PaperProductionCommon
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestOperationsInTurn(PaperProductionCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.production = cls.productions(cls.create_order())
        cls.plan = cls.approved_plan(cls.production)

    def ways(self):
        """Return every way to work on the second operation."""
        work = self.production.with_user(self.operator).workorder_ids[1]
        time = {
            "workorder_id": work.id,
            "workcenter_id": work.workcenter_id.id,
            "loss_id": self.env.ref("mrp.block_reason7").id,
        }
        return {
            "start": work.button_start,
            "finish": work.button_finish,
            "set_state": lambda: work.set_state("progress"),
            "mark as done": work.action_mark_as_done,
            "write progress": lambda: work.write({"state": "progress"}),
            "write done": lambda: work.write({"state": "done"}),
            "write quantity": lambda: work.write({"qty_produced": 5}),
            "write duration": lambda: work.write({"duration": 5}),
            "book time": lambda: self.env["mrp.workcenter.productivity"].with_user(self.operator).create(time),
        }

    def inspect(self, good):
        test = self.env.ref("paper_quality.test_final")
        inspection = self.env["qc.inspection"].with_user(self.inspector).create(
            {
                "kind": "process",
                "production_id": self.production.id,
                "object_id": f"product.product,{self.paper.id}",
                "test": test.id,
                "inspection_lines": [
                    Command.create({"name": "Moisture", "question_type": "quantitative", "min_value": 4, "max_value": 6,
                                    "has_minimum": True, "has_maximum": True, "quantitative_value": 5 if good else 9})
                ],
            }
        )
        inspection.action_todo()
        inspection.action_confirm()
        if not good:
            inspection.with_user(self.approver).action_approve()
        return inspection

    def assertRefused(self, error):
        for name, way in self.ways().items():
            with self.subTest(way=name), self.assertRaises(error):
                way()

    def test_one_after_the_other(self):
        """R5.3.1: no operation begins before the one before it is finished, on whatever way."""
        self.assertRefused(OperationOrderError)
        self.production.with_user(self.operator).workorder_ids[0].button_start()
        self.assertRefused(OperationOrderError)
        self.production.with_user(self.operator).workorder_ids[0].button_finish()
        self.production.with_user(self.operator).workorder_ids[1].button_start()

    def test_a_mill_that_lets_them_overlap(self):
        """R5.3.1: where the company says so, it is enough that the operation before has begun."""
        self.env.company.paper_operations_overlap = True
        self.assertRefused(OperationOrderError)
        self.production.with_user(self.operator).workorder_ids[0].button_start()
        self.production.with_user(self.operator).workorder_ids[1].button_start()

    def test_all_in_one_go(self):
        """R5.3.1: finishing the order, or all of its work together, finishes it in turn."""
        self.production.with_user(self.operator).workorder_ids.button_finish()
        self.assertEqual(self.production.state, "to_close")

    def test_what_was_cancelled_is_waited_for_by_nobody(self):
        """R5.3.1: behind a cancelled operation, the one before that counts."""
        self.amend(self.plan)
        first, second = self.production.workorder_ids
        first.with_user(self.supervisor).action_cancel()
        second.with_user(self.operator).button_start()
        self.assertEqual(second.state, "progress")

    def test_not_after_a_failed_check(self):
        """R5.3.2: after a failed in-process inspection the next operation does not begin, until it passed again."""
        self.production.with_user(self.operator).workorder_ids[0].button_start()
        self.production.with_user(self.operator).workorder_ids[0].button_finish()
        failed = self.inspect(False)
        self.assertEqual(failed.state, "failed")
        self.assertRefused(FailedCheckError)
        self.inspect(True)
        self.production.with_user(self.operator).workorder_ids[1].button_start()

    def test_other_products_go_as_they_did(self):
        """R5.3.1: what is not paper follows Odoo's own rules."""
        pallet = self.create_paper("Pallet", is_paper=False)
        pallet.bom_ids.operation_ids = [
            Command.create({"name": name, "workcenter_id": self.machine.id}) for name in ("Saw", "Nail")
        ]
        production = self.create_production(product=pallet, user=self.operator)
        self.assertTrue(all(production.workorder_ids.mapped("paper_can_start")))
        production.workorder_ids[1].button_start()
        self.assertEqual(production.workorder_ids[1].state, "progress")

    def test_the_desk_starts_what_comes_next(self):
        """R5.3.1: the workshop's desk starts the next operation of an approved order, one after the other; nobody else's does."""
        production = self.production.with_user(self.operator)
        first, second = production.workorder_ids[:2]
        self.assertTrue(production.paper_can_start)
        self.assertEqual((first.paper_can_start, second.paper_can_start), (True, False))
        self.assertIn(self.production.name, production.action_paper_start()["params"]["message"])
        self.assertEqual((first.state, second.state), ("progress", "blocked"))
        self.assertFalse(production.paper_can_start)
        first.button_finish()
        self.assertTrue(production.paper_can_start)
        self.assertFalse(self.production.with_user(self.inspector).paper_can_start)
        production.action_paper_start()
        self.assertEqual(second.state, "progress")

    def test_the_desk_starts_nothing_unplanned(self):
        """R5.1.2: an order whose plan is not approved has no button to start."""
        production = self.productions(self.create_order()).with_user(self.operator)
        self.assertFalse(production.paper_can_start)
        self.assertFalse(any(production.workorder_ids.mapped("paper_can_start")))
