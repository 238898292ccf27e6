from datetime import timedelta

from odoo import Command, fields
from odoo.tests import tagged

from ..exceptions import CallError, CallRightError, MeterError, ProcessCardError, ShiftLogError
from .common import PaperFloorCommon


@tagged("post_install", "-at_install")
class TestFloorReports(PaperFloorCommon):
    def test_process_card(self):
        """R5.3.1: the card for the grade shows its set points; what is out of range alarms the supervisor."""
        points = [{"name": "Speed", "unit": "m/min", "target": 600, "minimum": 580, "maximum": 620}]
        cards = self.env["paper.process.card"]
        general = cards.create({"name": "Any", "workcenter_id": self.winder.id, "line_ids": [Command.create(points[0])]})
        own = general.copy({"name": "Offset", "grade_id": self.grade.id})
        other = general.copy({"name": "Heavy", "grade_id": self.grade.id, "weight_from": 200})
        self.assertEqual(cards._of(self.winder, self.cut.paper_spec_id), own)
        self.assertNotEqual(other, own)
        line = own.line_ids
        self.assertEqual(self.tell("reading", line=line.id, value=600)["verdict"], "")
        self.assertIn("Speed", self.tell("reading", line=line.id, value=650)["verdict"])
        readings = self.env["paper.process.reading"].search([("line_id", "=", line.id)])
        self.assertEqual(sorted(readings.mapped("is_out")), [False, True])
        told = self.env["mail.activity"].search([("res_model", "=", "paper.floor.station"), ("user_id", "=", self.supervisor.id)])
        self.assertTrue(told)
        with self.assertRaises(ProcessCardError):
            line.minimum = 610

    def test_stops(self):
        """R5.3.1: a machine that stands still has a reason from the tree; its work pauses, and goes on when it is over."""
        self.tell("start")
        group, leaf = self.env.ref("paper_shopfloor.stop_process"), self.env.ref("paper_shopfloor.stop_p_01")
        self.assertEqual(self.tell("stop", loss=group.id)["state"], "refused")
        self.assertEqual(self.tell("stop", loss=leaf.id)["message"], "")
        self.assertEqual(self.station._floor_facts()["stop"], leaf.paper_full_name)
        self.assertEqual(self.tell("stop", loss=leaf.id)["state"], "refused")
        self.assertEqual(self.tell("start")["state"], "refused")
        board = self.env["mrp.workcenter"].with_user(self.supervisor).paper_floor_board()
        machine = next(item for item in board["machines"] if item["id"] == self.winder.id)
        self.assertEqual(machine["state"], "stopped")
        self.assertEqual(self.tell("go")["message"], "")
        self.assertEqual(self.tell("go")["state"], "refused")
        self.assertEqual(self.tell("start")["message"], "")

    def test_meters_are_shared(self):
        """R5.3.1: a meter does not run backwards; what it counted is shared by hours and tonnes, the rule shown."""
        meter = self.env["paper.meter"].create({"name": "Power", "workcenter_id": self.winder.id, "most_per_hour": 500})
        now = fields.Datetime.now()
        readings = self.env["paper.meter.reading"]
        readings._read(meter, 1000, now - timedelta(hours=2))
        self.env["mrp.workcenter.productivity"].create(
            {
                "workcenter_id": self.winder.id,
                "workorder_id": self.wind.id,
                "loss_id": self.env["mrp.workcenter.productivity.loss"].search([("loss_type", "=", "productive")], limit=1).id,
                "date_start": now - timedelta(hours=1),
                "date_end": now,
            }
        )
        reading = readings._read(meter, 1300, now)
        self.assertEqual(reading.used, 300)
        self.assertEqual(self.wind._paper_energy(), {("power", "kWh"): 300})
        self.assertIn("50 %", reading.rule)
        for value in (1200, 9_000_000):
            with self.subTest(value=value), self.assertRaises(MeterError):
                readings._read(meter, value, now)
        self.assertEqual(self.tell("meter", meter=meter.id, value=1301)["message"], "")
        self.assertEqual(self.tell("meter", meter=0, value=1301)["state"], "refused")

    def test_calls(self):
        """R5.3.1: a call is answered by whom it is for, has a cause and an end, with times."""
        self.assertEqual(self.tell("call", who="laboratory", reason="")["state"], "refused")
        self.assertEqual(self.tell("call", who="laboratory", reason="dirt in the web")["message"], "")
        call = self.env["paper.floor.call"].search([("workcenter_id", "=", self.winder.id)])
        self.assertTrue(call.activity_ids)
        with self.assertRaises(CallRightError):
            call.with_user(self.users["equipment"]).action_answer()
        with self.assertRaises(CallError):
            call.with_user(self.inspector).action_end("too early")
        call.with_user(self.inspector).action_answer()
        self.assertFalse(call.activity_ids)
        self.assertEqual(self.tell("end", call=call.id, cause="felt washed")["message"], "")
        self.assertEqual((call.state, call.cause, call.ended_by_id), ("ended", "felt washed", self.operator))
        self.assertTrue(call.answered_on and call.ended_on)

    def test_checklist(self):
        """R5.3.1: a checklist is asked for once a shift, needs every answer, and what is not in order is told."""
        items = [Command.create({"name": name}) for name in ("Guards closed", "Floor dry")]
        checklist = self.env["paper.checklist"].create({"name": "Start", "workcenter_id": self.winder.id, "item_ids": items})
        first, second = (str(item.id) for item in checklist.item_ids)
        self.assertEqual(self.winder._floor_open_checks(), checklist)
        self.assertIn("Floor dry", self.tell("check", list=checklist.id, answers={first: True})["message"])
        self.assertIn("Floor dry", self.tell("check", list=checklist.id, answers={first: True, second: False})["verdict"])
        self.assertFalse(self.winder._floor_open_checks())

    def test_shift_log(self):
        """R5.3.1: the log is signed by who goes and by who comes, not the same person; then it stays. Its PDF tells the shift."""
        self.tell("start")
        self.declare()
        self.roll(1, 1)
        self.tell("note", text="knife 3 changed")
        with self.assertRaises(ShiftLogError):
            self.station._sign_log("1357", "take_over")
        told = self.station._sign_log("2468", "hand_over", "watch knife 3")
        log = self.env["paper.shift.log"].search([("workcenter_id", "=", self.winder.id)])
        self.assertEqual((log.state, log.roll_count, log.made_kg, log.left_open), ("handed", 1, 100, "watch knife 3"))
        self.assertIn("knife 3 changed", log.text)
        with self.assertRaises(ShiftLogError):
            self.station._sign_log("2468", "take_over")
        self.station._sign_log("1357", "take_over")
        self.assertEqual((log.state, log.handed_by_id, log.taken_by_id), ("taken", self.operator, self.mate))
        with self.assertRaises(ShiftLogError):
            log.with_user(self.operator).text = "nothing"
        html, _kind = self.env["ir.actions.report"]._render_qweb_html("paper_shopfloor.report_shift_log", log.ids)
        for text in ("knife 3 changed", "watch knife 3", self.cut.name, self.operator.name):
            self.assertIn(text, html.decode())
        self.assertTrue(told["session"])

    def test_consumption(self):
        """R5.3.1: material is used as it is scanned; more than lies there, or what the order does not take, is refused (P20)."""
        order = self.create_order(product=self.two, kg=970)
        run = self.runs(self.collected(order))
        self.pulp.default_code = "PULP"
        own = {"station": self.pm, "session": self.pm._sign_in("2468")["session"], "work": run.workorder_ids.id}
        self.tell("start", **own)
        self.assertIn("PULPX", self.tell("consume", code="PULPX", kg=100, **own)["message"])
        self.assertEqual(self.tell("consume", code="PULP", kg=936000, **own)["state"], "refused")
        self.assertEqual(self.tell("consume", code="PULP", kg=600, **own)["message"], "")
        self.assertEqual(self.tell("consume", code="PULP", kg=450, **own)["message"], "")
        self.assertEqual(run.move_raw_ids.filtered(lambda move: move.product_id == self.pulp).quantity, 1050)
        record = run.workorder_ids.paper_record_ids
        self.assertEqual((record.material_kg, record.operator_id), (1050, self.operator))
