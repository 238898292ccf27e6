from odoo import Command, api, fields, models

from ...exceptions import RepeatError
from ...lib.portal import PortalAction, PortalDocument
from ...lib.words import said
from ..steps.locking import lock_or_tell

SALES = "paper_base.group_sales"
REPEAT = "repeat"
KEY_LENGTH = 64


class SaleOrder(models.Model):
    """What the customer finds on the page of an order, and its repetition."""

    _inherit = "sale.order"

    paper_repeat_of_id = fields.Many2one(
        "sale.order",
        string="Repeats",
        copy=False,
        index="btree_not_null",
        groups="base.group_user",
        by_steps=True,
        help="The order that the customer asked in the portal to have once more.",
    )
    # The form that it was sent by: sent twice, by a double click or a reload, it makes one order.
    paper_repeat_key = fields.Char(copy=False, groups="base.group_system", by_steps=True)

    _paper_repeat_once = models.UniqueIndex(
        "(paper_repeat_key) WHERE paper_repeat_key IS NOT NULL", "This order was repeated already."
    )

    # The page of an order

    def _paper_portal_documents(self, user, access_token=None):
        """Return the ``PortalDocument`` of this order that exist and that its reader may open. Override to add.

        :param user: ``res.users`` who reads; with a token, whoever holds the link of the order
        :param access_token: the token that the page was opened with
        """
        self.ensure_one()
        day = self.company_id._paper_date
        token = f"&access_token={access_token}" if access_token else ""
        url = f"/my/orders/{self.id}?report_type=pdf&download=true{token}"
        documents = [PortalDocument("order", self._print_title(), url, day(self.date_order) or "")]
        if user._paper_is_of(self.partner_id) and user._paper_may("invoices"):
            documents += [
                PortalDocument(
                    "invoice",
                    self.env._("Invoice %(number)s", number=invoice.name),
                    f"/my/invoices/{invoice.id}?report_type=pdf&download=true",
                    day(invoice.invoice_date) or "",
                )
                for invoice in self.invoice_ids.sorted("id")
                if invoice.state == "posted"
            ]
        return documents

    def _paper_portal_actions(self, user, access_token=None):
        """Return the ``PortalAction`` that are possible now, those that the mill waits for first. Override to add.

        :param user: as in :meth:`_paper_portal_documents`
        """
        self.ensure_one()
        if not self._paper_is_repeatable(user):
            return []
        return [PortalAction(REPEAT, self.env._("Order This Again"), f"/my/orders/{self.id}/repeat", "fa-repeat")]

    def _paper_page_actions(self, user, access_token=None):
        """Return the actions of the page, in the order in which they are shown."""
        return sorted(self._paper_portal_actions(user, access_token), key=lambda action: not action.primary)

    # Once more

    def _paper_is_repeatable(self, user):
        """Say whether this person may have the order once more: a buyer of the customer."""
        self.ensure_one()
        return (
            self.is_paper_order
            and self.state in ("sent", "sale")
            and user._paper_is_of(self.partner_id)
            and user._paper_may("orders")
            and bool(self._paper_repeated_lines())
        )

    def _paper_repeated_lines(self):
        """Return the lines that a repetition takes over: the papers that can still be ordered."""
        return self.order_line.filtered(lambda line: line.paper_spec_id and line.product_id.active and line.product_id.sale_ok)

    def _paper_repeat(self, user, key, told=None):
        """Make a draft of a new order with the same papers, quantities and place, and hand it to sales.

        Neither the price nor the date is taken over: today's list prices stand in it until the mill agrees on others.

        :param user: the buyer
        :param key: of the form that it was sent by; the same key makes no second order
        :param told: ``{client_order_ref, commitment_date, remark}``, what the buyer said with it
        :return: the new order, or the one that this form has made before
        :raises RepeatError: for who does not buy, or where nothing can be ordered again
        """
        self.ensure_one()
        if not said(key) or len(key) > KEY_LENGTH or not self._paper_is_repeatable(user):
            raise RepeatError(
                self.env._("%(order)s cannot be ordered again here. Ask your salesperson for it.", order=self.display_name)
            )
        # sudo: a buyer of the customer, which was checked, writes no orders
        source = self.with_user(user).sudo()
        lock_or_tell(source)
        if made := source.search([("paper_repeat_key", "=", key)]):
            return made
        told = told or {}
        order = source.copy(source._prepare_repeat(told))
        order._by_step().write({"paper_repeat_of_id": self.id, "paper_repeat_key": key})
        order._recompute_prices()
        order._paper_take_repeat(user, told)
        return order

    def _prepare_repeat(self, told):
        self.ensure_one()
        lines = self._paper_repeated_lines().copy_data()
        for values in lines:
            for name in self._dropped_from_repeat():
                values.pop(name, None)
        date = told.get("commitment_date")
        return {
            "order_line": [Command.create(values) for values in lines],
            "client_order_ref": said(told.get("client_order_ref")) or False,
            "commitment_date": self.company_id._paper_noon(date) if date else False,
            "partner_shipping_id": self.partner_shipping_id.id,
            "origin": self.name,
        }

    def _dropped_from_repeat(self):
        """Return the fields of a line that a repetition does not take over: price and dates. Override to add."""
        return ("price_unit", "technical_price_unit", "discount", "paper_commitment_date", "paper_promised_date")

    def _paper_take_repeat(self, user, told):
        """Put a repetition before who handles it. Override where the channel of the portal has a handler of its own."""
        self.ensure_one()
        self._by_step("state").state = "sent"
        self.message_subscribe(user.partner_id.ids)
        self.message_post(body=self._paper_repeat_words(told), author_id=user.partner_id.id, subtype_xmlid="mail.mt_note")
        self.company_id._paper_tell(
            (self.user_id, SALES), self, lambda order: order.env._("Repeated by the customer: check it"), kind=REPEAT
        )

    def _paper_repeat_words(self, told):
        """Return what the customer said with a repetition, for the record."""
        self.ensure_one()
        words = self.env._(
            "The customer asks for %(order)s once more: the same papers and quantities. Price and date are open.",
            order=self.paper_repeat_of_id.name,
        )
        return "\n".join(filter(None, (words, said(told.get("remark")))))

    # The customer's data, and mails

    @api.model
    def _paper_arrived_domain(self):
        """Return the domain of the orders that have reached the mill, drafts of sales too. Override to leave out others."""
        return [("is_paper_order", "=", True)]

    def _send_order_confirmation_mail(self):
        kind = "paper_base.mail_kind_confirmation"
        wanting = self.filtered(lambda order: order.partner_id._paper_wanting(kind))
        return super(SaleOrder, wanting)._send_order_confirmation_mail()
