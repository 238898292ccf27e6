from odoo.addons.paper_order_intake.exceptions import IntakeStateError
from odoo.tests import tagged

from ..hooks import uninstall_hook
from .mail_common import MailCommon


@tagged("post_install", "-at_install")
class TestMailSteps(MailCommon):
    def test_what_only_the_gateway_says(self):
        """R3.1.2: who sent a mail, and that an arrival is one, is not told by whoever notes an arrival down."""
        forged = {"form": "mail", "sender": "boss@example.com", "subject": "New order", "mail_hash": "0" * 64}
        messages = self.env["paper.intake.message"].with_user(self.seller)
        defaults = {f"default_{name}": value for name, value in forged.items()}
        made = messages.with_context(**defaults).create({"raw": "2 t", "channel_id": self.phone.id, "number": "A1"})
        self.assertEqual(made.form, "figures")
        for name, value in forged.items():
            if name != "form":
                self.assertFalse(made[name], name)
            with self.assertRaises(IntakeStateError, msg=name):
                made.sudo().write({name: value})

    def test_addresses_go_with_the_addon(self):
        """R3.1.2: an uninstalled addon leaves no address behind at which mails would be taken in and not read."""
        alias = self.mails.alias_id
        self.assertTrue(alias)
        uninstall_hook(self.env)
        self.assertFalse(self.mails.alias_id)
        self.assertFalse(alias.exists())
