from odoo.tests import tagged

from ..exceptions import TrimEmptyError
from .common import TrimCommon


@tagged("post_install", "-at_install")
class TestTrimStock(TrimCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan = cls.planned(787, 889)
        cls.problem = cls.problem_of(cls.plan)

    def lot(self, name, width, disposition="sale", metres=9000, **vals):
        lot = self.env["stock.lot"].create(
            {
                "name": name,
                "product_id": self.paper.id,
                "paper_kind": "roll",
                "paper_width": width,
                "paper_length": metres,
                **vals,
            }
        )
        lot.sudo()._by_step().write({"paper_disposition": disposition})
        self.env["stock.quant"]._update_available_quantity(self.paper, self.warehouse.lot_stock_id, 500, lot_id=lot)
        return lot

    def test_only_free_reels_of_the_paper_are_offered(self):
        """R5.1.1: offered are reels that are wide enough, released and reserved by nobody; the rest is left alone."""
        self.paper.tracking = "lot"
        wide = self.lot("R1", 1600)
        self.lot("R2", 700)
        self.lot("R3", 1600, disposition="held")
        other = self.create_spec(basis_weight=100)
        self.lot("R4", 1600, paper_spec_id=other.id)
        self.problem.action_offer_reels()
        self.assertEqual(self.problem.reel_ids.lot_id, wide)
        with self.assertRaises(TrimEmptyError):
            self.problem.action_offer_reels()

    def test_stock_first_where_it_pays(self):
        """R5.1.1: a reel that costs less to rewind than the new paper it saves is cut first; a dear one is left."""
        self.paper.tracking = "lot"
        self.paper.standard_price = 5.0
        cheap, dear = self.lot("R1", 1600), self.lot("R2", 1600)
        self.problem.action_offer_reels()
        costs = {cheap: 100.0, dear: 1e6}
        for reel in self.problem.reel_ids:
            reel.cost = costs[reel.lot_id]
        self.computed(self.problem)
        result = self.problem.result_ids[0]
        self.assertEqual(result.pattern_ids.lot_id, cheap)
        self.assertFalse(result._faults())
        self.assertTrue(all(share["inside"] for share in result._shares()))
        run = self.problem.trim_board()["results"][0]["runs"][0]
        self.assertEqual((run["reel"], sum(piece["width"] for piece in run["pieces"]) <= 1600), ("R1", True))
        result.action_choose()
        self.assertEqual(self.problem.state, "chosen")
