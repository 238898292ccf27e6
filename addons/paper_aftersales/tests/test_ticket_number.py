from odoo.tests import tagged

from .. import hooks
from .common import AftersalesCommon


@tagged("post_install", "-at_install")
class TestTicketNumber(AftersalesCommon):
    """Numbers of feedback are not taken for numbers of contracts, which begin with HT."""

    def ticket(self, name="Wavy"):
        return self.env["helpdesk.ticket"].create({"name": name, "description": name, "partner_id": self.customer.id})

    def test_number_of_feedback(self):
        """R7.1.1: a ticket's number begins with KF."""
        self.assertRegex(self.ticket().number, r"^KF\d+$")

    def test_existing_tickets_keep_their_numbers(self):
        """R7.1.1: in a database where tickets began with HT the next number continues with KF, no ticket is renumbered."""
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        sequence.prefix = "HT"
        old = self.ticket("Old")
        hooks.post_init_hook(self.env)
        new = self.ticket("New")
        self.assertEqual(old.number[:2], "HT")
        self.assertEqual(new.number, f"KF{int(old.number[2:]) + 1:0{sequence.padding}}")

    def test_own_prefix_of_the_mill_stays(self):
        """R7.1.1: letters that the administrator chose himself are not changed, neither now nor when the addon leaves."""
        sequence = self.env.ref("helpdesk_mgmt.helpdesk_ticket_sequence")
        sequence.prefix = "FB"
        hooks.post_init_hook(self.env)
        hooks.uninstall_hook(self.env)
        self.assertEqual(sequence.prefix, "FB")

    def test_leaving(self):
        """R7.1.1: without the addon tickets are numbered as before."""
        hooks.uninstall_hook(self.env)
        self.assertRegex(self.ticket().number, r"^HT\d+$")
