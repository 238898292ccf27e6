from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged

from ...exceptions import DevelopmentPlanError, OpinionIncompleteError, WrongDepartmentError
from ..common import EvaluationCommon


@tagged("post_install", "-at_install")
class TestEvaluationTechnical(EvaluationCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.capability = cls._make_capability(cls.machine)

    def _technical(self, **spec):
        order = self._make_order()
        order.order_line.paper_spec_id.write(spec)
        evaluation = self._submit(order)
        opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "technical")
        return opinion, opinion.evidence

    def _answers(self, facts):
        return {check["name"]: check["ok"] for check in facts["rows"][0]["checks"]}

    def test_every_property(self):
        """R3.3.4: each property that is asked is held against the machine: grade, web, reel, finish, coating, quality."""
        opinion, facts = self._technical()
        expected = dict.fromkeys(("grade_id", "basis_weight", "caliper", "width", "reel_diameter_max", "core_diameter"), True)
        self.assertEqual(self._answers(facts), expected)
        self.assertEqual(opinion.proposal, "yes")
        for name, value in (
            ("basis_weight", 130),
            ("caliper", 220),
            ("reel_diameter_max", 1500),
            ("core_diameter", 70),
            ("width", 2410),
        ):
            with self.subTest(name=name):
                opinion, facts = self._technical(**{name: value})
                self.assertEqual([key for key, ok in self._answers(facts).items() if ok is False], [name])
                self.assertEqual(opinion.proposal, "no")
                self.assertIn("PM1", opinion.headline)
                self.assertEqual(facts["gaps"][0]["machine"], "PM1")

    def test_not_known_is_never_a_yes(self):
        """R3.3.4: what nobody recorded of the machine is not known: nothing is proposed, and a person says on what a yes
        rests."""
        opinion, facts = self._technical(finish="Calendered", coating_top="Single")
        self.assertFalse(opinion.proposal)
        self.assertEqual(facts["unknown"], ["finish", "coating_top"])
        self.assertIn("Finish", opinion.headline)
        self.assertIn("Not known", str(opinion.evidence_html))
        opinion = opinion.with_user(self.people["technical"])
        with self.assertRaises(OpinionIncompleteError):
            opinion.action_agree()
        opinion.write({"verdict": "yes", "comment": "Trial of last week"})
        opinion.action_submit()
        self.capability.write({"finishes": "calendered、machine finished", "coatings": "Single"})
        self.assertEqual(self._technical(finish="Calendered", coating_top="Single")[0].proposal, "yes")
        self.assertEqual(self._technical(finish="Embossed")[0].proposal, "no")

    def test_no_machine_recorded(self):
        """R3.3.4: where nothing is recorded of any machine, nothing is proposed, and it says so."""
        self.capability.unlink()
        opinion, facts = self._technical()
        self.assertFalse(opinion.proposal)
        self.assertEqual(set(self._answers(facts).values()), {None})
        self.assertIn("a person must say", opinion.headline)

    def test_quality_ranges(self):
        """R3.3.4: an agreed quality limit holds where all that the machine scatters over lies within it."""
        order = self._make_order()
        spec = order.order_line.paper_spec_id
        spec.limit_ids = [
            Command.create({"name": "Brightness", "unit": "%", "minimum": 85, "has_minimum": True}),
            Command.create({"name": "Moisture", "unit": "%", "maximum": 8, "has_maximum": True}),
            Command.create({"name": "Whiteness", "unit": "%", "target": 100}),
        ]
        evaluation = self._submit(order)
        technical = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "technical")
        self.assertEqual(technical.evidence["unknown"], ["Brightness", "Moisture"])
        Limit = self.env["paper.machine.limit"]
        values = {"capability_id": self.capability.id, "unit": "%", "has_minimum": True, "has_maximum": True}
        bright = Limit.create({**values, "name": "brightness", "minimum": 83, "maximum": 90})
        Limit.create({**values, "name": "Moisture", "minimum": 5, "maximum": 7})
        technical.with_user(self.people["technical"]).action_refresh()
        answers = self._answers(technical.evidence)
        self.assertEqual((answers["Brightness"], answers["Moisture"]), (False, True))
        Limit.create({**values, "name": "Brightness", "minimum": 86, "maximum": 90, "grade_id": self.grade.id})
        technical.with_user(self.people["technical"]).action_refresh()
        self.assertIs(self._answers(technical.evidence)["Brightness"], True)
        self.assertTrue(bright.exists())

    def test_sheets_and_the_machine_that_cuts(self):
        """R3.3.4: sheets need a machine for the web and one that cuts them; the web carries the side that its grain tells."""
        sheet = {"format": "sheet", "length": 1092, "reel_diameter_max": 0, "core_diameter": 0}
        opinion, facts = self._technical(**sheet)
        self.assertEqual(set(facts["unknown"]), {"width", "length"})
        cutter = self.env["mrp.workcenter"].create({"name": "Sheeter", "resource_calendar_id": self.calendar.id})
        self._make_capability(
            cutter,
            makes_web=False,
            winds_reels=False,
            cuts_sheets=True,
            sheet_width_min=400,
            sheet_width_max=1000,
            sheet_length_min=400,
            sheet_length_max=1200,
        )
        opinion, facts = self._technical(**sheet)
        self.assertEqual(opinion.proposal, "yes")
        self.assertEqual({check["machine"] for check in facts["rows"][0]["checks"]}, {"PM1", "Sheeter"})
        opinion, facts = self._technical(**{**sheet, "length": 2500, "grain_direction": "short"})
        self.assertEqual([gap["machine"] for gap in facts["gaps"]], ["PM1", "Sheeter"])

    def test_machines_of_the_route(self):
        """R3.3.4: only machines of the routing and their alternatives count; the one that comes nearest speaks."""
        stranger = self.env["mrp.workcenter"].create({"name": "PM9", "resource_calendar_id": self.calendar.id})
        self._make_capability(stranger, basis_weight_max=300)
        self.assertEqual(self._technical(basis_weight=250)[0].proposal, "no")
        self.machine.alternative_workcenter_ids = stranger
        opinion, facts = self._technical(basis_weight=250)
        self.assertEqual(opinion.proposal, "yes")
        self.assertEqual(facts["rows"][0]["checks"][0]["machine"], "PM9")

    def test_nearby_specification(self):
        """R3.3.4, R3.4: a paper near to the one that cannot be made is offered, checked like the ordered one."""
        order = self._make_order()
        order.order_line.paper_spec_id.write({"basis_weight": 130, "core_diameter": 70})
        evaluation = self._submit(order)
        found = [item for item in evaluation.sudo()._compute_alternatives()[evaluation] if item["kind"] == "spec"]
        self.assertEqual(found[0]["lines"], {order.order_line: {"spec": {"basis_weight": 120, "core_diameter": 76}}})
        self.assertIn("PM1", found[0]["reason"])
        # Up to 120 g/m² and 220 µm: the lighter paper keeps its bulk of 1.75 cm³/g rather than being as thick as can be.
        bulky = self._make_order()
        bulky.order_line.paper_spec_id.write({"basis_weight": 160, "caliper": 280})
        self.capability.caliper_max = 220
        evaluation = self._submit(bulky)
        found = [item for item in evaluation.sudo()._compute_alternatives()[evaluation] if item["kind"] == "spec"]
        self.assertEqual(found[0]["lines"][bulky.order_line]["spec"], {"basis_weight": 120, "caliper": 210})
        other = self._make_order()
        other.order_line.paper_spec_id.finish = "Embossed"
        self.capability.finishes = "Calendered"
        evaluation = self._submit(other)
        self.assertFalse([item for item in evaluation.sudo()._compute_alternatives()[evaluation] if item["kind"] == "spec"])

    def test_alternatives_that_all_could_pass(self):
        """R3.4: what only one of those who refused could pass is not offered."""

        def offered(paper, **verdicts):
            order = self._make_order(tonnes=50, commitment_date="2026-03-06 08:00:00")
            order.order_line.paper_spec_id.write(paper)
            evaluation = self._decide(order, **verdicts)
            return [
                (item["kind"], bool(item["date"]), sorted(change for line in item["lines"].values() for change in line))
                for item in evaluation.sudo()._compute_alternatives()[evaluation]
            ]

        never = {"finish": "Embossed"}
        self.capability.finishes = "Calendered"
        self.assertEqual(offered({}, capacity="no"), [("date", True, [])])
        self.assertEqual(offered(never, technical="no", capacity="no"), [])
        self.assertEqual(offered({}, capacity="no", sales="no"), [])

    def test_inspections_that_an_answer_rests_on(self):
        """R3.3.4: where inspections are what an answer rests on, the sheet says how many readings there are."""
        kind = type(self.capability)
        check = kind._check_property
        self.patch(kind, "_check_property", lambda machine, item: {**check(machine, item), "inspected": 5})
        order = self._make_order()
        evaluation = self._submit(order)
        self.assertIn("5 readings", self._opinion(evaluation, "technical").evidence_html)

    # Development

    def _plan(self, **spec):
        opinion, _facts = self._technical(**{"basis_weight": 130, **spec})
        action = opinion.with_user(self.people["technical"]).action_plan_development()
        return opinion, self.env["paper.development.plan"].browse(action["res_id"]).with_user(self.people["technical"])

    def test_development_plan(self):
        """R3.3.4: a gap becomes a plan with milestones, owners and dates; the promise date waits for the last of them."""
        opinion, plan = self._plan()
        line = opinion.order_id.order_line
        self.assertEqual((plan.line_id, plan.state), (line, "draft"))
        self.assertIn("130", plan.gap)
        with self.assertRaises(DevelopmentPlanError):
            plan.action_start()
        self.assertEqual(line._development_ready_dates(), {})
        owner = self.people["capacity"]
        plan.milestone_ids = [
            Command.create({"name": "Trial", "date": "2026-03-20", "user_id": owner.id}),
            Command.create({"name": "Release", "date": "2026-04-10", "user_id": self.people["technical"].id}),
        ]
        plan.action_start()
        self.assertIn(owner, plan.activity_ids.user_id)
        date, reason = line._development_ready_dates()[line]
        self.assertEqual(str(date), "2026-04-10")
        self.assertIn(plan.name, reason)
        with self.assertRaises(DevelopmentPlanError):
            plan.action_done()
        plan.milestone_ids.done = True
        plan.action_done()
        self.assertEqual(line._development_ready_dates(), {})
        self.assertEqual(plan.milestone_ids[0].date_done.isoformat(), "2026-03-02")
        with self.assertRaises(DevelopmentPlanError):
            plan.milestone_ids[0].name = "Changed"
        # Asking again opens the plan that is there.
        action = opinion.with_user(self.people["technical"]).action_plan_development()
        self.assertEqual(action["res_id"], plan.id)

    def test_late_milestones(self):
        """R3.3.4: a milestone that is overdue counts as of today, and the plan is found among the late ones."""
        opinion, plan = self._plan()
        plan.milestone_ids = [Command.create({"name": "Trial", "date": "2026-02-20", "user_id": self.people["technical"].id})]
        plan.action_start()
        line = opinion.order_id.order_line
        self.assertEqual(str(line._development_ready_dates()[line][0]), "2026-03-02")
        self.assertTrue(plan.late)
        self.assertIn(plan, self.env["paper.development.plan"].search([("late", "=", True)]))
        self.assertNotIn(plan, self.env["paper.development.plan"].search([("late", "=", False)]))

    def test_who_plans_development(self):
        """R3.3.4: the technical department plans and runs; its steps alone move the state."""
        opinion, plan = self._plan()
        with self.assertRaises(WrongDepartmentError):
            opinion.with_user(self.people["capacity"]).action_plan_development()
        with self.assertRaises(DevelopmentPlanError):
            plan.state = "done"
        with self.assertRaises(DevelopmentPlanError):
            plan.copy({"state": "running"})
        for method in ("action_start", "action_cancel"):
            with self.assertRaises(DevelopmentPlanError):
                getattr(plan.with_user(self.people["chair"]), method)()
        with self.assertRaises(AccessError):
            plan.with_user(self.people["sales"]).name = "Mine"
        plan.action_cancel()
        self.assertEqual(opinion.order_id.order_line._development_ready_dates(), {})
