from odoo import fields, models


class PaperIntakeSecretShown(models.TransientModel):
    """The dialog that shows a new secret once; it is never saved."""

    _name = "paper.intake.secret.shown"
    _description = "New Secret of an Order Channel"

    secret = fields.Char(readonly=True, store=False)
    address = fields.Char(string="Webhook Address", readonly=True, store=False)
