from odoo import Command
from odoo.addons.base.tests.common import BaseCommon
from odoo.addons.paper_contract.tests.common import ContractBuilder
from odoo.tests import freeze_time, tagged

DATES = ("2026-12-20 08:00:00", "2027-01-10 08:00:00", "2027-02-01 08:00:00")
DEPARTMENTS = {
    "sales": "paper_base.group_sales",
    "capacity": "paper_base.group_planning",
    "materials": "paper_base.group_purchasing",
    "technical": "paper_base.group_technical",
    "cost": "paper_base.group_finance",
}
# A day on which all three are still to come, whenever the test runs.
TODAY = "2026-11-30 02:00:00"


@tagged("post_install", "-at_install")
@freeze_time(TODAY)
class TestOrderByLine(ContractBuilder, BaseCommon):
    """A purchase order of eight items with three dates and two places, from the evaluation to the statistics."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.startClassPatcher(freeze_time(TODAY))
        cls.build_mill()
        cls.people = {name: cls.build_user(f"line_{name}", group) for name, group in DEPARTMENTS.items()}
        cls.logistics = cls.build_user("line_logistics", "paper_base.group_logistics")
        cls.keeper = cls.build_user("line_keeper", "paper_base.group_warehouse")
        cls.branch = cls.env["res.partner"].create(
            {"name": "Tianjin Plant", "type": "other", "parent_id": cls.customer.id, "street": "3 Port Road", "city": "Tianjin",
             "paper_transit_days": 4}
        )
        cls.product.is_storable = True
        machine = cls.env["mrp.workcenter"].create({"name": "PM1", "time_efficiency": 100})
        cls.env["mrp.bom"].create(
            {
                "product_tmpl_id": cls.product.product_tmpl_id.id,
                "product_qty": 1000,
                "product_uom_id": cls.product.uom_id.id,
                "operation_ids": [Command.create({"name": "Make", "workcenter_id": machine.id, "time_cycle_manual": 60})],
            }
        )
        cls.order = cls.build_order(lines=8, commitment_date=DATES[0], client_order_ref="CG-8")
        for index, line in enumerate(cls.order.order_line):
            line.paper_commitment_date = DATES[index % 3] if index % 3 else False
            line.paper_shipping_id = cls.branch if index in (2, 5, 7) else False
        cls.lines = cls.order.order_line
        stock = cls.order.warehouse_id.lot_stock_id
        cls.env["stock.quant"]._update_available_quantity(cls.product, stock, sum(cls.lines.mapped("product_uom_qty")))

    def evaluate(self):
        self.order.with_user(self.sales).action_submit_evaluation()
        evaluation = self.order._current_evaluation()
        for opinion in evaluation._pending_opinions():
            opinion = opinion.with_user(self.people[opinion.dimension])
            opinion.write({"verdict": "yes"} if opinion.proposal == "yes" else {"verdict": "yes", "comment": "agreed"})
            opinion.action_submit()
        evaluation.with_user(self.manager).action_close()
        return evaluation

    def dispatch(self, notice, day):
        notice.with_user(self.sales).action_issue(late_reason="asked for")
        notice.with_user(self.logistics).action_plan(licence_plate="津A·12345", driver_name="Li", planned_date=day)
        notice.picking_ids.paper_check_ids.with_user(self.keeper).write({"done": True})
        notice.picking_ids.with_user(self.keeper).action_check_loading()
        notice.picking_ids.with_user(self.keeper).button_validate()

    def test_from_evaluation_to_statistics(self):
        """R3.3.2, R4.1.1, R6.2.1, R8.1.1: one order, panel, contract and confirmation; a promise, delivery and figure a line."""
        evaluation = self.evaluate()
        promised = {line: self.company._paper_day(line.paper_promised_date) for line in self.lines}
        self.assertTrue(all(promised.values()))
        self.assertEqual(max(promised.values()), evaluation.promise_date)
        here, there = (min(promised[self.lines[index]] for index in indexes) for indexes in ((0, 1, 3, 4, 6), (2, 5, 7)))
        self.assertGreater(there, here)

        contract = self.build_contract(self.order, state="in_force")
        self.assertEqual(len(self.order.contract_ids), 1)
        self.assertEqual(self.order.state, "sale")
        self.assertEqual(len(contract._delivery_rows()), 4)

        pickings = self.order._paper_deliveries()
        keys = {line._paper_delivery_key() for line in self.lines}
        self.assertEqual({picking._paper_delivery_key() for picking in pickings}, {((place,), day) for place, day in keys})
        self.assertEqual(len(pickings), len(keys))
        self.order.with_user(self.sales).action_dispatch_notice()
        notices = self.order.paper_notice_ids
        self.assertEqual(len(notices), len(keys))
        self.assertEqual(notices.line_ids.order_line_id, self.lines)

        early = notices.filtered(lambda notice: str(notice.delivery_date) == "2026-12-20")
        with freeze_time("2026-12-19 02:00:00"):
            self.dispatch(early, "2026-12-19")
        with freeze_time("2027-01-12 02:00:00"):  # two days late for what is due on 10 January
            for notice in notices.filtered(lambda rec: str(rec.delivery_date) == "2027-01-10"):
                notice.with_user(self.sales).delivery_date = "2027-01-12"
                self.dispatch(notice, "2027-01-12")
        self.env.flush_all()
        rows = self.env["paper.order.report"].search([("order_id", "=", self.order.id)])
        self.assertEqual(len(rows), 8)
        figures = {row.id: (row.in_full_count, row.on_time_count) for row in rows}
        expected = {"2026-12-20": (1, 1), "2027-01-10": (1, 0), "2027-02-01": (0, 0)}
        for line in self.lines:
            with self.subTest(line=line.id):
                self.assertEqual(figures[line.id], expected[str(line._paper_delivery_day())])
