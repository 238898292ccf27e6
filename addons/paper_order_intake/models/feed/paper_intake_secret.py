from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

# How long the secret before the newest one still counts, so that the other side can change over.
OVERLAP = timedelta(hours=24)


class PaperIntakeSecret(models.Model):
    """A secret that a marketplace signs its orders with. Nobody reads it here: it is shown once as it is made,
    the program alone compares signatures with it. The one before counts for a day more.
    """

    _name = "paper.intake.secret"
    _description = "Secret of an Order Channel"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _all_by_steps = True

    channel_id = fields.Many2one("paper.intake.channel", required=True, ondelete="cascade", index=True)
    secret = fields.Char(required=True)
    expires_on = fields.Datetime(help="Empty: counts until the next one is made.")

    @api.model
    def _valid_domain(self):
        return Domain("expires_on", "=", False) | Domain("expires_on", ">", fields.Datetime.now())

    @api.autovacuum
    def _gc_expired(self):
        self.search([("expires_on", "<", fields.Datetime.now())]).unlink()
