from odoo import fields, models

from ..exceptions import QuickOrderError


class PaperQuickOrder(models.TransientModel):
    """The orders of a mail that says them in words, or of a scan: taken by a person, each an arrival that came with it."""

    _inherit = "paper.quick.order"

    message_id = fields.Many2one("paper.intake.message", string="Arrival", readonly=True)
    arrived_words = fields.Text(related="message_id.raw", related_sudo=False, string="As It Came")
    arrived_file_ids = fields.Many2many(related="message_id.shown_file_ids", related_sudo=False, string="Further Files")

    def _check_channel(self):
        if not self.message_id:
            return super()._check_channel()
        self.message_id.check_access("write")
        self.message_id._check_can_take_orders()
        if self.channel_id != self.message_id.channel_id:
            raise QuickOrderError(self.env._("What came with an arrival came by its channel."))
        return None

    def _whole(self, reference, papers):
        return self.message_id or super()._whole(reference, papers)

    def _take_in(self):
        message = self.message_id
        if message:
            self._check_channel()
            # In the same transaction as what is stored of it.
            message.filtered(lambda rec: rec.state != "split")._take_step("split")
            message.partner_id = message.partner_id or self.partner_id
        return super()._take_in()
