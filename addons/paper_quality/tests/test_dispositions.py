from odoo.addons.paper_quality.exceptions import UninspectedLotError
from odoo.addons.paper_quality.tests.common import PaperQualityCommon
from odoo.addons.paper_roll.exceptions import DispositionRightError
from odoo.tests import tagged


@tagged("post_install", "-at_install")
class TestDispositionsFollow(PaperQualityCommon):
    """What inspections find brings the disposition of the rolls about."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.spec = cls.create_spec()
        cls.paper.tracking = "lot"

    def lot(self, name, **vals):
        return self.env["stock.lot"].create(
            {"name": name, "product_id": self.paper.id, "company_id": self.env.company.id, "paper_spec_id": self.spec.id, **vals}
        )

    def judge(self, lot, state):
        """Let the last inspection of a lot come to a result, or make one that does."""
        inspection = lot.inspection_ids.filtered(lambda rec: rec.state == "ready") or self.env["qc.inspection"]
        if not inspection:
            inspection = inspection._make_entry_inspections([(lot, self.paper, 10, False)])
        if state != "ready":
            inspection.sudo()._by_step().write({"state": state})
        return inspection

    def test_passed_failed_and_inspected_anew(self):
        """R5.3.2, R6.1.1: what passes is for sale, what fails is on hold, what is inspected anew waits; a person's hold stays."""
        lot = self.lot("L1")
        self.judge(lot, "ready")
        self.assertEqual(lot.paper_disposition, "pending")
        self.judge(lot, "success")
        self.assertEqual(lot.paper_disposition, "sale")
        self.judge(lot, "ready")
        self.assertEqual(lot.paper_disposition, "pending")
        self.judge(lot, "failed")
        self.assertEqual(lot.paper_disposition, "held")
        self.judge(lot, "success")
        self.assertEqual(lot.paper_disposition, "sale")
        lot.with_user(self.inspector).action_hold("Wet edge")
        self.judge(lot, "success")
        self.assertEqual(lot.paper_disposition, "held")
        lot.with_user(self.inspector).action_release("Edge trimmed")
        self.assertEqual(lot.paper_disposition, "sale")

    def test_nobody_releases_what_did_not_pass(self):
        """R6.1.1: the quality department itself releases only what has passed."""
        lot = self.lot("L1")
        self.assertFalse(lot.with_user(self.inspector).can_release)
        with self.assertRaisesRegex(DispositionRightError, "has passed no inspection"):
            lot.with_user(self.inspector).action_release("In a hurry")

    def test_what_is_cut_is_judged_as_its_parents(self):
        """R6.1.1, R5.3.2: a roll that is cut from others is as good as the worst of them, until it is inspected itself."""
        good, bad = (self.lot(name, paper_gross_kg=10) for name in ("G", "B"))
        self.judge(good, "success")
        fine = good.with_user(self.inspector)._paper_convert([{"name": "G1", "paper_gross_kg": 10}], "rewind").with_env(self.env)
        self.assertEqual((fine._paper_verdicts()[fine], fine.paper_disposition), ("passed", "sale"))
        mixed = (fine | bad).with_user(self.inspector)._paper_convert([{"name": "M1", "paper_gross_kg": 20}], "repack")
        mixed = mixed.with_env(self.env)
        self.assertEqual((mixed._paper_verdicts()[mixed], mixed.paper_disposition), ("none", "pending"))
        with self.assertRaises(UninspectedLotError), self.env.cr.savepoint():
            mixed._refuse_uninspected()
        self.judge(bad, "failed")
        self.assertEqual((mixed._paper_verdicts()[mixed], mixed.paper_disposition), ("failed", "held"))
        self.judge(mixed, "success")
        self.assertEqual(mixed.paper_disposition, "sale")
