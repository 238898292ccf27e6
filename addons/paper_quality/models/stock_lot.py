from odoo import api, fields, models


class StockLot(models.Model):
    """A reel, pallet or batch of paper, with the specification that it was made by."""

    _inherit = "stock.lot"

    paper_spec_id = fields.Many2one(
        "paper.spec", string="Specification", index="btree_not_null", ondelete="restrict"
    )
    inspection_ids = fields.One2many("qc.inspection", "lot_id", string="Inspections", readonly=True)
    inspection_state = fields.Selection(
        [("none", "Not Inspected"), ("open", "Being Inspected"), ("passed", "Passed"), ("failed", "Failed")],
        string="Inspection",
        compute="_compute_inspection_state",
    )

    @api.depends("inspection_ids.state")
    def _compute_inspection_state(self):
        for lot in self:
            lot.inspection_state = lot.inspection_ids._verdict()

    def _is_failed(self):
        self.ensure_one()
        return self.inspection_state == "failed"
