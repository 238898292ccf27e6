from odoo import models
from odoo.tools import SQL


class PaperFactOrder(models.Model):
    _inherit = "paper.fact.order"

    def _dimension_sql(self):
        # An order that came before channels had media has none; the medium of its channel is its medium.
        return {
            **super()._dimension_sql(),
            "channel_id": SQL("ord.intake_channel_id"),
            "medium_id": SQL("COALESCE(ord.medium_id, channel.medium_id)"),
        }

    def _item_tables(self):
        return SQL("%s LEFT JOIN paper_intake_channel channel ON channel.id = ord.intake_channel_id", super()._item_tables())
