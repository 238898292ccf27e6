from odoo import fields, models


class PaperContingencyPart(models.Model):
    _name = "paper.contingency.part"
    _description = "Spare Part of a Contingency Plan"
    _order = "sequence, id"

    contingency_id = fields.Many2one("paper.contingency", required=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="contingency_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Spare Part", required=True)
    product_id = fields.Many2one("product.product", string="Stocked as", ondelete="set null")
    quantity = fields.Float(string="Quantity (pieces)", default=1.0, help="Pieces that have to be there.")
    place = fields.Char(help="Where it lies.")

    _quantity_positive = models.Constraint("CHECK(quantity > 0)", "Of a spare part at least some has to be there.")
