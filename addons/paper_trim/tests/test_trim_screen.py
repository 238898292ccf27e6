from odoo.tests import tagged

from ..exceptions import TrimFaultError, TrimStateError, TrimTypingError
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimScreen(TrimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        a, b = cls.reel_kg(787, 6), cls.reel_kg(889, 6)
        cls.problem = cls.typed_problem(
            {"width": 787, "kg": a, "least_kg": a * 0.9, "most_kg": a * 1.1, "customer": "Hua Print"},
            {"width": 889, "kg": b, "least_kg": b * 0.9, "most_kg": b * 1.1},
        )
        cls.computed(cls.problem)

    def typed(self, text):
        return self.env["paper.trim.typing"].with_user(self.planner).create({"problem_id": self.problem.id, "text": text})

    def test_patterns_are_drawn_to_scale(self):
        """R5.1.1: each pattern is drawn from edge to edge: the pieces' shares and the loss make the whole trim."""
        drawn = self.problem.trim_board()["results"][0]
        for run in drawn["runs"]:
            total = sum(piece["share"] for piece in run["pieces"]) + run["left_share"]
            self.assertAlmostEqual(total, 100, 3)
            self.assertAlmostEqual(sum(piece["width"] for piece in run["pieces"]) + run["left"], 2540, 3)
            for piece in run["pieces"]:
                self.assertAlmostEqual(sum(part["share"] for part in piece["parts"]), 100, 2)
        self.assertIn(
            "Hua Print", {part["customer"] for run in drawn["runs"] for piece in run["pieces"] for part in piece["parts"]}
        )
        self.assertLessEqual(drawn["bound"], drawn["waste"] + 1e-3)
        self.assertLessEqual(drawn["least"], drawn["patterns"])

    def test_what_would_fill_the_trim(self):
        """R5.1.1: three times 700 mm on 2,540 mm leave 440 mm: a width of 396 to 440 mm is wanted."""
        kg = self.reel_kg(700, 6)
        problem = self.computed(self.typed_problem({"width": 700, "kg": kg, "least_kg": kg, "most_kg": kg}))
        fillers = problem.trim_board()["results"][0]["fillers"]
        self.assertEqual([(each["least"], each["most"]) for each in fillers], [(396.0, 440.0)])

    def test_typed_patterns_are_checked(self):
        """R5.1.1: what a planner types is checked by the server, limit by limit, before it is kept."""
        for text, words in (
            ("787+787+787+889: 2", "3,250.0 mm on a trim of 2,540.0"),
            ("787+787+889: 99", "at most"),
            ("787+787: 3", "at least"),
        ):
            with self.subTest(text=text):
                typing = self.typed(text)
                self.assertIn(words, typing.faults)
                with self.assertRaises(TrimFaultError):
                    typing.action_keep()
        for text, words in (("787 889", "is not read"), ("800: 3", "no width"), ("787: 2.5", "whole number of sets")):
            with self.subTest(text=text):
                self.assertIn(words, self.typed(text).faults)
                with self.assertRaises(TrimTypingError):
                    self.problem._keep_typed(text)
        sound = self.typed("2*787+889: 3\n2×889: 1\n889: 1")
        self.assertFalse(sound.faults)
        sound.action_keep()
        result = self.problem.result_ids[-1]
        self.assertEqual((result.kind, result.pattern_count), ("typed", 3))
        self.assertFalse(result._faults())
        result.action_choose()
        with self.assertRaises(TrimStateError):
            self.problem._keep_typed("2*787+889: 3")

    def test_round_a_fault(self):
        """R5.1.1: a fault at the edge of a jumbo changes the runs round it only; who reads sees which; it takes 3 s at most."""
        base = self.problem.result_ids[0]
        pattern = base.pattern_ids[0]
        action = pattern.with_user(self.planner).action_fault()
        fault = self.env["paper.trim.fault"].with_user(self.planner).with_context(**action["context"])
        fault.create({"from_m": 100, "to_m": 140, "from_mm": 2500, "to_mm": 2540}).action_retrim()
        result = self.problem.result_ids[-1]
        self.assertEqual((result.kind, result.based_on_id), ("retrim", base))
        self.assertLess(result.seconds, 3)
        self.assertFalse(result._faults())
        kept = result.pattern_ids.filtered(lambda rec: not rec.changed)
        self.assertTrue(kept)
        self.assertGreaterEqual(len(kept), len(base.pattern_ids) - 1)
        with self.assertRaises(TrimTypingError):  # nothing said is not the whole run
            fault.create({}).action_retrim()
        with self.assertRaises(TrimTypingError):
            fault.create({"from_m": 100, "to_m": 50, "from_mm": 0, "to_mm": 10}).action_retrim()
        with self.assertRaises(TrimTypingError):
            fault.create({"from_m": 0, "to_m": 50, "from_mm": 2600, "to_mm": 2700}).action_retrim()

    def test_the_print(self):
        """R5.1.1: the cutting plan is printed with each pattern, its orders, and what each order gets, in both languages."""
        self.env["res.lang"]._activate_lang("zh_CN")
        for lang in ("zh_CN", "en_US"):
            page = (
                self.env["ir.actions.report"]
                .with_context(lang=lang)
                ._render_qweb_html("paper_trim.report_trim", self.problem.ids)[0]
            )
            text = page.decode()
            self.assertIn("Hua Print", text)
            self.assertIn("787", text)
        self.assertIn("Not chosen", text)
