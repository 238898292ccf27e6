from odoo import models
from odoo.addons.paper_order_intake.lib.reading.quoting import own_words
from odoo.addons.paper_order_intake.models.follow.sale_order import LATER
from odoo.addons.paper_order_intake.models.message.paper_intake_message import SALES
from odoo.tools import html2plaintext

from ...lib.order_mail import read_head


class MailThread(models.AbstractModel):
    """A mail that Odoo puts into the conversation of a document of an order: there nobody need see it, so that it becomes
    an arrival as well, which waits at the order."""

    _inherit = "mail.thread"

    def message_update(self, msg_dict, update_vals=None):
        result = super().message_update(msg_dict, update_vals=update_vals)
        if self._is_customers_mail(msg_dict):
            for order in self._orders_talked_about():
                order._keep_later_mail(self.env.context["paper_mail_source"], msg_dict)
        return result

    def _is_customers_mail(self, msg_dict):
        """Say whether somebody outside wrote a mail: neither a program nor a colleague."""
        source = self.env.context.get("paper_mail_source")
        if not source or read_head(source).auto:
            return False
        author = self.env["res.partner"].sudo().browse(msg_dict.get("author_id") or [])  # sudo: only who it is is asked
        return not any(not user.share for user in author.user_ids)

    def _orders_talked_about(self):
        """Return the orders whose documents these are; an arrival is asked itself."""
        if self._name == "sale.order":
            return self
        field = self._fields.get("order_id")
        orders = self.env["sale.order"]
        if self._name == "paper.intake.message" or not self._name.startswith("paper."):
            return orders
        # sudo: the gateway acts for whoever owns the address
        return self.sudo().order_id if field and field.comodel_name == orders._name else orders


def tell_without_channel(order, msg_dict):
    """Tell the handler of an order what a mail says where the mill has no channel that could keep it."""
    words, _quoted = own_words(html2plaintext(msg_dict.get("body") or ""))
    order.company_id._paper_tell((order.user_id, SALES), order, " ".join(words.split())[:120], kind=LATER)
