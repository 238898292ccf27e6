from odoo import api, models

# What comes from a marketplace: (reference, customer, product, figures, kg).
MARKET = [
    ("MP-3001", "huawen", "writing", {"basis_weight": 60, "width": 787, "length": 1092}, 5000),
    ("MP-3002", "dongfang", "liner", {"basis_weight": 140, "width": 1800, "diameter_max": 1200, "core_diameter": 100}, 20000),
]


class PaperMillDemo(models.AbstractModel):
    """What came in by a marketplace, and still is with the online operator (R3.1.2)."""

    _inherit = "paper.mill.demo"

    @api.model
    def _online(self):
        outside = self.sudo().with_user(self.env.ref("base.public_user")).sudo()  # sudo: nobody of the mill brings it
        market = outside.env.ref("paper_order_intake.channel_marketplace")
        outside._arrives(market, [outside._market_order(*values) for values in MARKET])

    def _arrives(self, channel, arrivals):
        """Take arrivals in as from outside, in this step's own transaction."""
        channel._store_arrivals(arrivals).sudo()._read()  # sudo: as of the job that reads

    def _market_order(self, number, customer, product, figures, kg):
        partner, product = self.env.ref(f"paper_mill.customer_{customer}"), self.env.ref(f"paper_mill.product_{product}")
        words = f"{number}: {partner.name}, {product.name} {kg} kg"
        values = {"number": number, "partner_id": partner.id, "product_id": product.id, "weight": kg, **figures}
        return {"external_ref": number, "raw": words, "values": values}
