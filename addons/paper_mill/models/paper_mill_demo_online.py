from odoo import api, models

from .paper_mill_demo import _reel, _sheet

# What a customer puts into the cart of the web shop: (product, figures, quantity, unit, days until delivery).
CART = [
    ("offset", _sheet(80, 787, 1092), 200, "ream", 40),
    ("copy", _sheet(70, 430, 610), 150, "ream", 40),
    ("offset", _reel(80, 787, 1000, 76), 6, "t", 55),
]
# What comes from a marketplace: (reference, customer, product, figures, kg).
MARKET = [
    ("MP-3001", "huawen", "writing", {"basis_weight": 60, "width": 787, "length": 1092}, 5000),
    ("MP-3002", "dongfang", "liner", {"basis_weight": 140, "width": 1800, "diameter_max": 1200, "core_diameter": 100}, 20000),
]


class PaperMillDemo(models.AbstractModel):
    """What came in by the web shop and a marketplace, and still is with the online operator (R3.1.2)."""

    _inherit = "paper.mill.demo"

    @api.model
    def _online(self):
        outside = self.sudo().with_user(self.env.ref("base.public_user")).sudo()  # sudo: nobody of the mill brings it
        cart = outside._demo_cart()
        outside._arrives(cart._paper_web_channel(), [cart._paper_hand_in({"remark": "请先来电确认送货时间。"})])
        market = outside.env.ref("paper_order_intake.channel_marketplace")
        outside._arrives(market, [outside._market_order(*values) for values in MARKET])

    def _arrives(self, channel, arrivals):
        """Take arrivals in as from outside, in this step's own transaction."""
        channel._store_arrivals(arrivals).sudo()._read()  # sudo: as of the job that reads

    def _demo_cart(self):
        customer = self.env.ref("paper_mill.customer_chenguang")
        website = self.env.ref("website.default_website")
        values = {"partner_id": customer.id, "website_id": website.id, "company_id": website.company_id.id}
        cart = self.env["sale.order"].create({**values, "client_order_ref": "WEB-3101"})
        for name, figures, quantity, unit, days in CART:
            product = self.env.ref(f"paper_mill.product_{name}")
            spec = {**figures, "grade_id": product.paper_grade_id.id, "company_id": website.company_id.id}
            # The mill's noon, as the shop takes a day.
            cart._paper_cart_add(product, spec, quantity, unit, {"paper_commitment_date": self._moment(days, 12)})
        return cart

    def _market_order(self, number, customer, product, figures, kg):
        partner, product = self.env.ref(f"paper_mill.customer_{customer}"), self.env.ref(f"paper_mill.product_{product}")
        words = f"{number}: {partner.name}, {product.name} {kg} kg"
        values = {"number": number, "partner_id": partner.id, "product_id": product.id, "weight": kg, **figures}
        return {"external_ref": number, "raw": words, "values": values}
