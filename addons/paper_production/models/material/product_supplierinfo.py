from odoo import fields, models


class ProductSupplierinfo(models.Model):
    """What a supplier's material costs beside its price until it is at the mill (R5.2.1)."""

    _inherit = "product.supplierinfo"

    paper_freight = fields.Float(
        string="Freight per Unit",
        digits="Product Price",
        help="For one unit as it arrives on the scale, in the currency of the price.",
    )
    paper_duty = fields.Float(string="Duty (%)", digits=(5, 2), help="% of the price, import duty and fees.")
    paper_moisture = fields.Float(
        string="Moisture (%)",
        digits=(5, 2),
        help="Water in what arrives, % of its weight. The price is for air-dry weight with 10 % water; blank: it arrives "
        "air-dry.",
    )

    _paper_landed_positive = models.Constraint(
        "CHECK(COALESCE(paper_freight, 0) >= 0 AND COALESCE(paper_duty, 0) >= 0)", "Freight and duty cannot be negative."
    )
    _paper_moisture_range = models.Constraint(
        "CHECK(COALESCE(paper_moisture, 0) >= 0 AND COALESCE(paper_moisture, 0) < 100)",
        "The moisture of a material lies between 0 and 100 %.",
    )
