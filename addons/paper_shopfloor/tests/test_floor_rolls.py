from odoo.addons.paper_shopfloor.models.station.paper_floor_station import EVERY
from odoo.tests import tagged

from .common import PaperFloorCommon


@tagged("post_install", "-at_install")
class TestFloorRolls(PaperFloorCommon):
    def test_a_set_and_its_rolls(self):
        """R5.3.1: a set comes off, its rolls are weighed: each is a lot with its weight, place, joints and jumbo."""
        self.assertEqual(self.tell("start")["state"], "kept")
        self.assertEqual(self.declare()["state"], "kept")
        self.assertEqual(self.cut.paper_set_ids.left_count, 3)
        for place in (1, 2, 3):
            answer = self.roll(1, place, gross=101, tare=1, defects=[{"kind": "joint", "at_m": 420}] if place == 2 else [])
            self.assertEqual((answer["state"], answer["verdict"], answer["message"]), ("kept", "entered", ""))
        rolls = self.cut.paper_roll_ids.sorted("name")
        self.assertEqual(rolls.mapped("paper_net_kg"), [100, 100, 100])
        self.assertEqual(rolls.mapped("paper_position"), [1, 2, 3])
        self.assertEqual(rolls.mapped("paper_joints"), [0, 1, 0])
        self.assertEqual(rolls[1].paper_defect_ids.at_m, 420)
        self.assertEqual(rolls.paper_parent_link_ids.parent_id, self.jumbo)
        self.assertEqual(rolls.mapped("paper_crew"), ["A"] * 3)
        self.assertEqual(self.cut.paper_set_ids.left_count, 0)

    def test_reported_twice_is_once(self):
        """R5.3.1: what is sent again, or said by a second tablet, doubles nothing; another weight is refused by number."""
        self.tell("start")
        self.declare(uid="a" * 32)
        self.assertEqual(self.declare(uid="a" * 32)["state"], "known")
        other = self.env["paper.floor.station"].create({"name": "Winder, drive side", "workcenter_id": self.winder.id})
        session = other._sign_in("1357")["session"]
        again = self.declare(station=other, session=session)
        self.assertEqual(again["state"], "refused")
        self.assertIn("Winder", again["message"])
        self.assertEqual(self.roll(1, 1, uid="b" * 32)["verdict"], "entered")
        self.assertEqual(self.roll(1, 1, uid="b" * 32)["state"], "known")
        self.assertEqual(self.roll(1, 1, station=other, session=session)["verdict"], "known")
        heavier = self.roll(1, 1, gross=140, station=other, session=session)
        self.assertIn(f"{self.cut.name}-0101", heavier["message"])
        self.assertEqual(len(self.cut.paper_roll_ids), 1)
        self.assertEqual(self.cut.paper_roll_ids.paper_net_kg, 100)

    def test_what_cannot_be_is_refused_by_number(self):
        """R5.3.1: no weight, a roll of another order, an unknown label, a set nobody declared: refused, with the number."""
        self.tell("start")
        self.declare()
        self.assertIn("-0102", self.roll(1, 2, gross=0)["message"])
        self.assertIn("-0901", self.roll(9, 1)["message"])
        self.assertEqual(self.roll(1, 3, gross=5000)["state"], "refused")
        self.assertIn("number", self.roll(1, 3, gross="a lot")["message"])
        other = self.env["mrp.production"].search([("id", "!=", self.cut.id), ("state", "=", "done")], limit=1)
        self.assertNotEqual(self.tell("roll", roll=f"{other.name}-0101", gross=100)["state"], "kept")
        self.assertFalse(self.cut.paper_roll_ids)
        self.assertFalse(self.cut.paper_set_ids.line_ids.lot_id)
        told = self.env["mail.activity"].search([("res_model", "=", "paper.floor.station"), ("res_id", "=", self.station.id)])
        self.assertTrue(told, "the supervisor is told of what could not be followed")

    def test_the_gates_hold(self):
        """R5.1.2, R5.3.1: what is not approved is neither started nor entered from a tablet, nor another machine's work."""
        order = self.create_order(product=self.two, kg=970)
        loose = self.productions(order)
        loose = loose.filtered(lambda rec: rec.paper_kind == "cut") or loose[:1]
        work = loose.workorder_ids.filtered(lambda rec: rec.workcenter_id == self.winder)[:1]
        self.assertEqual(self.tell("start", work=work.id)["state"], "refused")
        self.assertEqual(work.state not in ("progress", "done"), True)
        foreign = self.base_run.workorder_ids[:1]
        self.assertIn("Winder", self.tell("start", work=foreign.id)["message"])
        answers = self.station._take_events([{"uid": "c" * 32, "kind": "hack"}, "x", {"uid": 5, "kind": "start"}], EVERY)
        self.assertEqual({answer["state"] for answer in answers}, {"refused"})

    def test_broke_is_taken_off_the_jumbo(self):
        """R5.3.1: broke has a reason and a weight, is taken of the jumbo, and given back to the pulper with the order."""
        self.tell("start")
        self.declare()
        self.roll(1, 1)
        left = self.jumbo._paper_left_kg()
        self.assertEqual(self.tell("broke", kg=25)["state"], "refused")
        self.assertEqual(self.tell("broke", kg=9e6, reason="web break")["state"], "refused")
        answer = self.tell("broke", kg=25, reason="web break")
        self.assertEqual((answer["state"], answer["message"]), ("kept", ""))
        self.assertAlmostEqual(self.jumbo._paper_left_kg(), left - 25, 2)
        self.assertAlmostEqual(self.cut.paper_broke_kg, 25, 1)

    def test_a_jumbo_comes_down(self):
        """R5.3.1: on the paper machine a jumbo is declared and weighed the same way."""
        order = self.create_order(product=self.two, kg=970)
        plan = self.collected(order)
        run = self.runs(plan)
        work = run.workorder_ids
        session = self.pm._sign_in("2468")["session"]
        own = {"station": self.pm, "session": session, "work": work.id}
        self.tell("start", **own)
        rolls = [{"width": 2400, "length": 0, "diameter": 2200}]
        self.assertEqual(self.tell("set", set=1, rolls=rolls, **own)["message"], "")
        answer = self.tell("roll", roll=run._floor_name(1, 1), gross=1290, tare=290, **own)
        self.assertEqual((answer["verdict"], answer["message"]), ("entered", ""))
        self.assertEqual((run.paper_roll_ids.paper_kind, run.paper_roll_ids.paper_net_kg), ("jumbo", 1000))

    def test_the_page_knows_what_comes(self):
        """R5.3.1: the page shows what runs, the next five, and the sets to come with the numbers that their rolls get."""
        self.tell("start")
        facts = self.station._floor_facts()
        now = facts["works"][0]
        self.assertEqual((now["order"], now["state"], now["unit"]), (self.cut.name, "progress", "roll"))
        self.assertLessEqual(len(facts["works"]), 6)
        self.assertEqual([turn["number"] for turn in now["nextSets"]][:2], [1, 2])
        self.assertEqual(now["nextSets"][0]["rolls"][0]["name"], self.cut._floor_name(1, 1))
        self.assertEqual(now["jumbos"][0]["name"], self.jumbo.name)
        self.assertNotIn("price", str(facts).lower())
