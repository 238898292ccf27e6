from odoo import Command, fields
from odoo.addons.paper_quality.exceptions import ControlError, FailedLotError, InspectionMissingError, InspectionRightError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.tests import tagged

MOISTURE = {"name": "Moisture", "unit": "%", "minimum": 4, "has_minimum": True, "maximum": 7, "has_maximum": True}


@tagged("post_install", "-at_install")
class TestControlPoints(PaperQualityCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids += cls.env.ref("mrp.group_mrp_routings")
        cls.machine, cls.winder = cls.env["mrp.workcenter"].create([{"name": "PM9"}, {"name": "Winder 9"}])
        cls.test = cls.env["qc.test"].create(
            {
                "name": "Moisture at the machine",
                "test_lines": [
                    Command.create(
                        {
                            "name": "Moisture",
                            "type": "quantitative",
                            "paper_property": "moisture",
                            "paper_unit": "%",
                            "min_value": 4,
                            "max_value": 7,
                        }
                    )
                ],
            }
        )
        cls.bales = cls.env["qc.test"].create(
            {
                "name": "Pulp at goods-in",
                "test_lines": [
                    Command.create(
                        {"name": "Dryness", "type": "quantitative", "paper_unit": "%", "min_value": 88, "max_value": 92}
                    )
                ],
            }
        )
        cls.spec = cls.create_spec([MOISTURE])
        cls.two_steps = cls.create_paper("Paper in two steps")
        cls.two_steps.bom_ids.operation_ids = [
            Command.create({"name": "Make", "workcenter_id": cls.machine.id, "sequence": 1}),
            Command.create({"name": "Wind", "workcenter_id": cls.winder.id, "sequence": 2}),
        ]
        cls.point = cls.env["paper.control.point"].create(
            {
                "name": "Moisture",
                "occasion": "operation",
                "workcenter_ids": [Command.set(cls.machine.ids)],
                "test_id": cls.test.id,
            }
        )

    def order(self):
        """Return an order whose first operation has begun and is finished, and its inspection."""
        production = self.create_production(self.spec, product=self.two_steps)
        self.release(production)
        first = production.sudo().workorder_ids[0]
        first.button_start()
        first.button_finish()
        return production, production.sudo().inspection_ids.filtered("control_point_id")

    def ways(self, work):
        """Return every way to work on an operation."""
        time = {"workorder_id": work.id, "workcenter_id": work.workcenter_id.id, "loss_id": self.env.ref("mrp.block_reason7").id}
        return {
            "start": work.button_start,
            "finish": work.button_finish,
            "set state": lambda: work.set_state("progress"),
            "write progress": lambda: work.write({"state": "progress"}),
            "write done": lambda: work.write({"state": "done"}),
            "write quantity": lambda: work.write({"qty_produced": 5}),
            "book time": lambda: self.env["mrp.workcenter.productivity"].create(time),
        }

    def assertHeld(self, production):
        for person in (self.worker, self.env.ref("base.user_admin"), self.env.user):
            work = production.sudo().with_user(person).workorder_ids[1]
            for name, way in self.ways(work).items():
                with self.subTest(way=name, person=person.login), self.assertRaises(ControlError), self.env.cr.savepoint():
                    way()

    def conclude(self, inspection, value):
        line = inspection.with_user(self.inspector).inspection_lines
        line.quantitative_value = value
        inspection.with_user(self.inspector).action_confirm()
        return inspection

    def test_the_next_operation_waits(self):
        """R5.3.2: the next operation waits for the inspection of a control point, missing, open or failed, on every way."""
        production, inspection = self.order()
        self.assertEqual(inspection.workorder_id, production.workorder_ids[0])
        self.assertEqual(inspection.inspection_lines.limit_id, self.spec.limit_ids, "the limit is the specification's")
        self.assertHeld(production)
        self.conclude(inspection, 9)
        self.assertHeld(production)
        inspection.with_user(self.approver).action_approve()
        self.assertHeld(production)
        inspection.sudo()._by_step().write({"state": "canceled"})
        self.assertHeld(production)  # it is missing now
        production.with_user(self.inspector).action_make_control_inspections()
        again = production.sudo().inspection_ids.filtered(lambda rec: rec.control_point_id and rec.state == "ready")
        self.conclude(again, 5)
        production.sudo().workorder_ids[1].button_start()
        self.assertEqual(production.sudo().workorder_ids[1].state, "progress")

    def test_entry_waits(self):
        """R5.3.2, R6.1.1: paper enters no stock while a control point of its order has not passed."""
        self.point.gate = "entry"
        production, inspection = self.order()
        second = production.sudo().workorder_ids[1]
        second.button_start()
        second.button_finish()
        final = production.sudo().inspection_ids - inspection
        production.qty_producing = 1000
        production._set_qty_producing()
        self.answer(final).action_confirm()
        with self.assertRaises(InspectionMissingError), self.env.cr.savepoint():
            production.sudo().button_mark_done()
        self.conclude(inspection, 5)
        self.assertFalse(production.sudo()._inspection_problems(production.lot_producing_ids))

    def test_who_inspects_does_not_approve(self):
        """R5.3.2: a result outside of the limits is approved by another person than who inspected; the management may."""
        boss = self.env["res.users"].with_context(no_reset_password=True).create(
            {"name": "Boss", "login": "quality_boss", "group_ids": [Command.link(self.env.ref("paper_base.group_management").id)]}
        )
        _production, inspection = self.order()
        self.conclude(inspection, 9)
        self.assertFalse(inspection.with_user(self.inspector).can_approve)
        with self.assertRaises(InspectionRightError):
            inspection.with_user(self.inspector).action_approve()
        self.assertEqual(inspection.state, "waiting")
        inspection.with_user(boss).action_approve()
        self.assertEqual((inspection.state, inspection.approver_id), ("failed", boss))

    def test_finished_paper_has_its_point(self):
        """R6.1.1: a control point for finished paper says by which test it is inspected, and how many reels are sampled."""
        scheme = self.env["paper.sampling.scheme"].create(
            {"name": "Reels", "level": "II", "class_ids": [Command.create({"name": "B", "aql": 4.0})]}
        )
        self.env["paper.control.point"].create(
            {
                "name": "Finished paper",
                "occasion": "final",
                "grade_ids": [Command.set(self.grade.ids)],
                "test_id": self.test.id,
                "scheme_id": scheme.id,
            }
        )
        final = self.create_production(self.spec, qty=100000).inspection_ids
        self.assertEqual((final.kind, final.test, final.sampling_scheme_id), ("final", self.test, scheme))
        self.assertEqual(final.lot_units, 1, "nobody knows yet how many reels it makes")
        final.with_user(self.inspector).lot_units = 120
        self.assertEqual((final.sample_ids.name, final.sample_ids.letter), ("B", "F"))

    def receive(self, lot=None, qty=500):
        self.env["paper.control.point"].search([("occasion", "=", "receipt")]).unlink()
        self.env["paper.control.point"].create(
            {
                "name": "Goods-in",
                "occasion": "receipt",
                "product_ids": [Command.set(self.pulp.ids)],
                "test_id": self.bales.id,
            }
        )
        picking = self.env["stock.picking"].create(
            {
                "picking_type_id": self.warehouse.in_type_id.id,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.pulp.id,
                            "product_uom_qty": qty,
                            "product_uom": self.kg.id,
                            "location_id": self.env.ref("stock.stock_location_suppliers").id,
                            "location_dest_id": self.warehouse.lot_stock_id.id,
                        }
                    )
                ],
            }
        )
        picking.action_confirm()
        picking.move_ids.write({"quantity": qty, "picked": True})
        if lot:
            picking.move_line_ids.lot_id = lot
        picking._action_done()
        return picking, self.env["qc.inspection"].search([("picking_id", "=", picking.id)])

    def test_goods_in_waits_in_hold(self):
        """R5.3.2: materials go to the hold location, are not used from there, and are put away once they are released."""
        self.pulp.tracking = "lot"
        lot = self.env["stock.lot"].create({"name": "BALE-1", "product_id": self.pulp.id})
        picking, inspection = self.receive(lot)
        hold = self.warehouse.paper_quarantine_loc_id
        self.assertEqual(picking.move_line_ids.location_dest_id, hold)
        self.assertEqual((inspection.kind, inspection.lot_id, inspection.qty), ("receipt", lot, 500))
        self.assertEqual(self.on_hand(self.pulp), 0)
        use = self.env["stock.move"].create(
            {
                "product_id": self.pulp.id,
                "product_uom_qty": 10,
                "location_id": hold.id,
                "location_dest_id": self.pulp.property_stock_production.id,
            }
        )
        use._action_confirm()
        use.move_line_ids = [
            Command.create(
                {
                    "product_id": self.pulp.id,
                    "lot_id": lot.id,
                    "quantity": 10,
                    "product_uom_id": self.kg.id,
                    "location_id": hold.id,
                    "location_dest_id": self.pulp.property_stock_production.id,
                }
            )
        ]
        use.picked = True
        with self.assertRaises(ControlError), self.env.cr.savepoint():
            use._action_done()
        self.conclude(inspection, 80)
        inspection.with_user(self.approver).action_approve()
        with self.assertRaises(FailedLotError), self.env.cr.savepoint():
            use._action_done()

    def test_released_material_is_put_away(self):
        """R5.3.2: what goods-in releases has its transfer into stock, and can then be used."""
        _picking, inspection = self.receive()
        self.assertEqual(self.on_hand(self.pulp), 0)
        self.conclude(inspection, 90)
        move = self.env["stock.picking"].search([("origin", "=", inspection.name)])
        self.assertEqual(move.location_id, self.warehouse.paper_quarantine_loc_id)
        move.move_ids.picked = True
        move._action_done()
        self.assertEqual(self.on_hand(self.pulp), 500)

    def test_how_often(self):
        """R5.3.2: each, every third, a quarter of the lots, every so many hours."""
        point = self.point
        due = {}
        for frequency, values in {"each": {}, "every": {"every": 3}, "share": {"share": 25}}.items():
            point.write({"frequency": frequency, **values})
            due[frequency] = [number for number in range(1, 9) if point._is_due(number)]
        self.assertEqual(due, {"each": [*range(1, 9)], "every": [1, 4, 7], "share": [1, 5]})
        point.write({"frequency": "hours", "hours": 2})
        production, first = self.order()
        work = production.sudo().workorder_ids[0]
        work._make_control_inspections()
        self.assertEqual(production.sudo().inspection_ids.filtered("control_point_id"), first, "two hours have not passed")
        self.env.cr.execute(
            "UPDATE qc_inspection SET create_date = %s WHERE id = %s",
            [fields.Datetime.subtract(fields.Datetime.now(), hours=3), first.id],
        )
        first.invalidate_recordset()
        work._make_control_inspections()
        self.assertEqual(len(production.sudo().inspection_ids.filtered("control_point_id")), 2)
