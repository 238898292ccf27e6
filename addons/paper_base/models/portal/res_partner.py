from odoo import api, fields, models

from ...exceptions import PortalRightError
from ..steps.permit import KEY, StepPermit

SALES, MANAGEMENT = "paper_base.group_sales", "paper_base.group_management"
# Who of a customer somebody is, and what a new contact is.
ROLES = {"paper_is_buyer": True, "paper_is_receiver": False, "paper_is_accounts": False}
# What a contract, an invoice or a letter takes from a customer: a change is approved by the mill.
RELIED_ON = (
    "name", "email", "phone", "street", "street2", "city", "zip", "state_id", "country_id", "vat", "company_name",
    "company_registry", "type", "parent_id", "active",
)  # fmt: skip


class ResPartner(models.Model):
    _inherit = "res.partner"

    paper_is_buyer = fields.Boolean(
        string="Portal: Buyer",
        default=True,
        groups="base.group_user",
        help="In the portal: sees orders, contracts, deliveries and invoices; signs, asks, complains, repeats orders.",
    )
    paper_is_receiver = fields.Boolean(
        string="Portal: Receiver",
        groups="base.group_user",
        help="In the portal: sees deliveries, without prices, signs for them, complains.",
    )
    paper_is_accounts = fields.Boolean(
        string="Portal: Accounts", groups="base.group_user", help="In the portal: sees invoices and statements."
    )
    paper_unwanted_mail_ids = fields.Many2many(
        "paper.mail.kind",
        string="Mails Not Wanted",
        groups="base.group_user",
        help="Of the company, chosen by its buyers in the portal. What a contract requires is sent all the same.",
    )
    paper_change_ids = fields.One2many(
        "paper.partner.change",
        "partner_id",
        string="Changes Asked for by the Customer",
        groups=f"{SALES},{MANAGEMENT},paper_base.group_paper_overview",
    )

    # Mails

    def _paper_wanting(self, kind):
        """Return those of the partners whose company wants mails of the kind, an xmlid; None: all, it is always sent."""
        kind = kind and self.env.ref(kind, raise_if_not_found=False)
        if not kind:
            return self
        # sudo: whoever sends it, what the customer chose holds
        return self.filtered(lambda partner: kind not in partner.sudo().commercial_partner_id.paper_unwanted_mail_ids)

    # Who of a customer may do what

    @api.model_create_multi
    def create(self, vals_list):
        asked, permitted = [{}] * len(vals_list), self
        if self._is_written_by_customer():
            asked, permitted = [self._take_out_new(vals) for vals in vals_list], self._as_it_is()
        partners = super(ResPartner, permitted).create(vals_list).with_env(self.env)
        # sudo: whoever makes a contact, what it may do is compared
        if any(partner[name] != default for partner in partners.sudo() for name, default in ROLES.items()):
            self._check_gives_rights()
        for partner, values in zip(partners, asked, strict=True):
            if values:
                partner._ask_change(values)
        return partners

    def write(self, vals):
        # sudo: whoever writes it, whether it says something else is asked
        if any(name in vals and any(partner[name] != vals[name] for partner in self.sudo()) for name in ROLES):
            self._check_gives_rights()
            self.env.registry.clear_cache()  # the rules of a user's records are cached
        if not set(vals) & set(RELIED_ON) or not self._is_written_by_customer():
            return super().write(vals)
        relied_on = self._relied_on()
        result = super(ResPartner, self - relied_on).write(vals)
        for partner in relied_on:
            asked = partner._changed_relied_on(vals)
            allowed = {name: value for name, value in vals.items() if name not in asked}
            super(ResPartner, partner._as_it_is()).write(allowed)
            if asked:
                self.env["res.users"].invalidate_model(asked)  # fields of the user that lead here were set in memory
                partner._ask_change(asked)
        return result

    @api.model
    def _check_gives_rights(self):
        """Refuse to say what people of a customer may do in the portal to anybody but sales and management.

        :raises PortalRightError: whatever was called, in sudo or not: the person is asked
        """
        user = self.env.user
        if not user._is_superuser() and not any(user.has_group(group) for group in (SALES, MANAGEMENT)):
            raise PortalRightError(self.env._("Sales set what the people of a customer may see and do in the portal."))

    # What the mill relies on is changed with its approval

    @api.model
    def _is_written_by_customer(self):
        """Say whether a customer or a visitor writes, by whatever page or call, in sudo or not."""
        user = self.env.user
        return (user._is_portal() or user._is_public()) and self._name not in StepPermit.of(self.env)

    def _as_it_is(self):
        """Return the partners so that Odoo carries over to them what their company has, without asking again."""
        return self.with_context(**{KEY: StepPermit(self._name, *StepPermit.of(self.env))})

    def _relied_on(self):
        """Return those of the partners whose company has orders that the mill works with."""
        customers = self.commercial_partner_id
        if not customers:
            return self.browse()
        # sudo: whose orders there are is asked, whoever writes
        orders = self.env["sale.order"].sudo()
        found = orders._read_group([("partner_id", "child_of", customers.ids), *orders._paper_arrived_domain()], ["partner_id"])
        relied_on = self.browse().union(*(partner.commercial_partner_id for (partner,) in found)).ids
        return self.filtered(lambda partner: partner.commercial_partner_id.id in relied_on)

    def _changed_relied_on(self, vals):
        """Return those of the values that would change what the mill relies on; an empty telephone number may be given."""
        self.ensure_one()
        changed = {}
        # Odoo's form writes the company's name here as well, where it says nothing beside the company itself.
        nothing = {"company_name"} if self.commercial_partner_id != self else set()
        for name in set(vals) & set(RELIED_ON) - nothing:
            field = self._fields[name]
            new = field.convert_to_write(field.convert_to_record(field.convert_to_cache(vals[name], self), self), self)
            old = field.convert_to_write(self[name], self)
            if (new or False) != (old or False) and not (name == "phone" and not old):
                changed[name] = new or False
        return changed

    @api.model
    def _take_out_new(self, vals):
        """Take out of a new address what changes where a customer's invoices go by themselves, and return it.

        The address is there all the same, to be chosen for an order.
        """
        if vals.get("type") != "invoice" or not vals.get("parent_id") or not self.browse(vals["parent_id"])._relied_on():
            return {}
        vals["type"] = "other"
        return {"type": "invoice"}

    def _ask_change(self, values):
        # sudo: a customer asks, the request is the mill's
        return self.env["paper.partner.change"].sudo()._ask(self, values)
