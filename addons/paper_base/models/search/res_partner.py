from odoo import fields, models

from ...lib.search import mark_index


class ResPartner(models.Model):
    _inherit = "res.partner"

    name = fields.Char(index="trigram")
    ref = fields.Char(index="trigram")
    vat = fields.Char(index="trigram")
    email = fields.Char(index="trigram")

    _paper_phone_mark = models.Index(mark_index("phone"))
