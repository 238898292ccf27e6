from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_supplier_minimum = fields.Float(
        string="Least Score of a Supplier",
        digits=(5, 1),
        help="0 to 100. A material plan proposes only suppliers whose score reaches it; 0: it proposes those as well of whom "
        "nothing is known yet.",
    )
    paper_purchase_terms = fields.Text(
        string="Terms of Purchase Contracts",
        translate=True,
        help="What every purchase contract says of acceptance, complaints, breach and disputes.",
    )

    _paper_supplier_minimum_range = models.Constraint(
        "CHECK(COALESCE(paper_supplier_minimum, 0) BETWEEN 0 AND 100)", "A score lies between 0 and 100."
    )
