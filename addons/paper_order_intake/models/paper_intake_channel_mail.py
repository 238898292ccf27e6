import ast

from odoo import fields, models

from ..lib.orderbook_headings import heading_key


class PaperIntakeChannel(models.Model):
    _name = "paper.intake.channel"
    _inherit = ["paper.intake.channel", "mail.alias.mixin.optional"]

    column_ids = fields.One2many(
        "paper.intake.column",
        "channel_id",
        string="Columns",
        copy=True,
        help="What the headings of the customers' order lists mean, beside those that are known anyway.",
    )
    alias_id = fields.Many2one(help="Mails to this address are arrivals of the channel.")

    def _alias_get_creation_values(self):
        values = super()._alias_get_creation_values()
        values["alias_model_id"] = self.env["ir.model"]._get_id("paper.intake.message")
        if self.id:
            values["alias_defaults"] = defaults = ast.literal_eval(self.alias_defaults or "{}")
            defaults["channel_id"] = self.id
        return values

    def _headings(self):
        """Return what the headings of this channel's order lists mean: ``{heading_key: (field, unit)}``."""
        return {heading_key(column.heading): (column.field, column.unit) for column in self.column_ids}
