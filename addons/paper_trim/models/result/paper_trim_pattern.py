from odoo import fields, models

from ...lib.plan import Piece, Run, Stretch

METRE = (16, 4)  # so fine that an order that takes neither more nor less gets neither


class PaperTrimPattern(models.Model):
    """Widths beside each other from edge to edge, cut over a length without moving a knife, of a jumbo or a stock reel."""

    _name = "paper.trim.pattern"
    _description = "Trim Pattern"
    _inherit = ["paper.guarded.mixin"]
    _order = "result_id, sequence, id"
    _all_by_steps = True
    _evidence_states = ()
    _rec_name = "widths"

    result_id = fields.Many2one("paper.trim.result", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="result_id.company_id", store=True, index=True)
    sequence = fields.Integer(string="No.", aggregator=None)
    lot_id = fields.Many2one("stock.lot", string="Stock Reel", index="btree_not_null", ondelete="restrict")
    trim_mm = fields.Float(
        string="Trim (mm)", digits=(16, 2), aggregator=None, help="Of the winder, or the width of the stock reel."
    )
    used_mm = fields.Float(string="Used (mm)", digits=(16, 2), aggregator=None)
    widths = fields.Char()
    metres = fields.Float(string="Length (m)", digits=METRE)
    sets = fields.Integer(help="Whole sets of reels; 0: the length is free.")
    diameter = fields.Float(string="Diameter (mm)", digits=(16, 1), aggregator=None)
    core = fields.Float(string="Core (mm)", digits=(16, 1), aggregator=None)
    changed = fields.Boolean(help="Differs from the result that it was made from, because of a fault of the jumbo.")
    cut_ids = fields.One2many("paper.trim.cut", "pattern_id", string="Cuts")
    set_ids = fields.One2many("paper.trim.set", "pattern_id", string="Sets to Be Wound")

    def _run(self, problem):
        """Return the pattern as the maths reads it.

        :param problem: :class:`~..lib.items.Problem` of the items
        :return: :class:`~..lib.plan.Run`
        """
        self.ensure_one()
        known = {item.key: item.reel_class for item in problem.items}
        pieces, classes = [], []
        for _place, cuts in self.cut_ids.grouped("place").items():
            stretches = [
                Stretch(cut.item_id._key() if cut.item_id else "", cut.start_m, cut.metres, cut.reels)
                for cut in cuts.sorted("start_m")
            ]
            classes += [known.get(stretch.key) for stretch in stretches]
            pieces.append(Piece(cuts[0].width, tuple(stretches)))
        reel_class = next((each for each in classes if each is not None), None)
        return Run(tuple(pieces), self.metres, self.sets, reel_class)

    def action_fault(self):
        """Open the dialog that asks where the jumbo of this pattern is bad."""
        self.ensure_one()
        problem = self.result_id.problem_id
        problem._check_act("retrim")
        action = self.env["ir.actions.act_window"]._for_xml_id("paper_trim.action_paper_trim_fault")
        return {**action, "context": {"default_pattern_id": self.id}}
