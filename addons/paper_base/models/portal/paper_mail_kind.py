from odoo import fields, models


class PaperMailKind(models.Model):
    """A kind of mail that a customer may do without. What the contract or the law requires has no kind: it is always
    sent. Addons name their kinds in their data; customers choose in the portal, for their company."""

    _name = "paper.mail.kind"
    _description = "Kind of Mail to Customers"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    description = fields.Char(translate=True, help="What the customer reads beside it.")
    sequence = fields.Integer(default=10)
