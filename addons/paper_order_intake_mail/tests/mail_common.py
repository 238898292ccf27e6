from odoo.addons.paper_order_intake.tests.common import IntakeCommon
from odoo.tools import mute_logger

from .mail_builder import mail_of


class MailCommon(IntakeCommon):
    """A mill whose order channel has an address."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        domain = cls.env["mail.alias.domain"].create({"name": "mill.example.com"})
        cls.env.company.alias_domain_id = domain
        cls.mails = cls.env["paper.intake.channel"].create(
            {
                "name": "Mails",
                "kind": "email",
                "handler_id": cls.seller.id,
                "product_id": cls.paper.id,
                "alias_name": "orders",
            }
        )
        cls.address = "orders@mill.example.com"

    def _receive_mail(self, *files, **values):
        source = mail_of(values.pop("to", self.address), *files, **values)
        with mute_logger("odoo.addons.mail.models.mail_thread"):
            self.env["mail.thread"].message_process(None, source)
        self.env["paper.intake.message"]._cron_read()
        return self._arrivals()

    def _arrivals(self):
        return self.env["paper.intake.message"].search([("channel_id", "=", self.mails.id)], order="id")
