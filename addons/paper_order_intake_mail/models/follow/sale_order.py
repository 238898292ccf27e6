from odoo import models

from .mail_thread import tell_without_channel


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _keep_later_mail(self, source, msg_dict):
        """Keep a mail that came into the order's conversation as an arrival that waits at the order."""
        self.ensure_one()
        channel = self.env["paper.intake.channel"]._mail_channel_of(self)
        if channel:
            channel._store_mail(source, values={"about_order_id": self.id})
        else:
            tell_without_channel(self, msg_dict)

    def _paper_reply_address(self):
        """An answer to a letter about the order comes to the address of its channel, and finds the order there."""
        channel = self.env["paper.intake.channel"]._mail_channel_of(self)
        return channel.alias_id.alias_full_name or super()._paper_reply_address()
