from odoo import models

from ...exceptions import PortalRightError

# What the people of a customer may see and do, and which of them may.
RIGHTS = {
    "orders": ("paper_is_buyer",),
    "deliveries": ("paper_is_buyer", "paper_is_receiver"),
    "invoices": ("paper_is_buyer", "paper_is_accounts"),
    "complaints": ("paper_is_buyer", "paper_is_receiver"),
}


class ResUsers(models.Model):
    _inherit = "res.users"

    def _paper_may(self, right):
        """Say whether a person of a customer has a right; people of the mill and visitors have other rules.

        :param right: "orders", "deliveries", "invoices" or "complaints"
        """
        self.ensure_one()
        user = self.sudo()  # sudo: a customer does not read the rights kept at the contact
        if not user._is_portal():
            return True
        return any(user.partner_id[name] for name in RIGHTS[right])

    def _paper_check_may(self, right):
        """Refuse a person of a customer without the right, whatever link is held.

        :raises PortalRightError: naming what the person may not see
        """
        if right and not self._paper_may(right):
            raise PortalRightError(
                self.env._("Your login does not open this. Ask your company's salesperson at the mill to change your rights.")
            )

    def _paper_is_of(self, customer):
        """Say whether this is the login of a person of the customer, ``res.partner``."""
        self.ensure_one()
        user = self.sudo()  # sudo: only whose login it is
        return user._is_portal() and user.partner_id.commercial_partner_id == customer.sudo().commercial_partner_id
