from odoo import fields, models


class PaperContractElement(models.Model):
    """What the law asks a contract to say: one line of articles 470 and 596 of the Civil Code. Legal keeps
    the list; a draft in which a required element is not said cannot go to review (R4.1.1).
    """

    _name = "paper.contract.element"
    _description = "Legal Element of a Contract"
    _order = "sequence, id"

    code = fields.Char(required=True, help="Stable name of the element, for example delivery_time.")
    name = fields.Char(required=True, translate=True)
    article = fields.Char(string="Article of the Civil Code", help="For example 470(4).")
    sequence = fields.Integer(default=10)
    required = fields.Boolean(default=True, help="A draft that lacks it cannot go to legal review.")
    active = fields.Boolean(default=True)

    _code_uniq = models.UniqueIndex("(code)", "This element exists already.")
