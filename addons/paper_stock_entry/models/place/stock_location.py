from odoo import fields, models

from ...lib.places import takes


class StockLocation(models.Model):
    """What a place carries and takes of paper."""

    _inherit = "stock.location"

    paper_limit_kg = fields.Float(string="Carries (kg)", digits=(16, 1), help="What may lie there; 0: any weight.")
    paper_spots = fields.Integer(string="Rolls Side by Side", help="How many rolls or pallets stand there; 0: any number.")
    paper_stack_mm = fields.Float(
        string="Stack Height (mm)", digits=(16, 1), help="How high rolls may stand on each other; 0: one layer."
    )
    paper_dry = fields.Boolean(string="Climate Controlled", help="Kept at the humidity that paper needs.")

    _paper_room_positive = models.Constraint(
        "CHECK(paper_limit_kg >= 0 AND paper_spots >= 0 AND paper_stack_mm >= 0)", "What a place takes is not below zero."
    )

    def _paper_here(self):
        """Return ``{place: (kg, number of rolls)}`` of what lies in each of these places; one query."""
        quants = self.env["stock.quant"]._read_group(
            [("location_id", "in", self.ids), ("quantity", ">", 0), ("product_id.is_paper", "=", True)],
            ["location_id", "product_id"],
            ["quantity:sum", "__count"],
        )
        found = dict.fromkeys(self, (0.0, 0))
        for place, product, quantity, count in quants:
            kg, number = found[place]
            found[place] = kg + product.uom_id._paper_kg(quantity), number + count
        return found

    def _paper_takes(self, lot, kg, here):
        """Say whether the place takes the roll beside ``here``, (kg, number of rolls)."""
        self.ensure_one()
        return takes(kg, self.paper_limit_kg, here[0], self.paper_spots, self.paper_stack_mm, lot.paper_width, here[1])
