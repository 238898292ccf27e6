from odoo import Command, api, fields, models
from odoo.exceptions import UserError, ValidationError


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # The cart

    def _paper_cart_add(self, product, vals, quantity, unit, delivery=None, instead_of=None):
        """Put a described paper into the cart, with a specification of its own.

        :param vals: values of the paper.spec
        :param delivery: further values of the line: when and where, as of ``product.product._paper_read_delivery``
        :param instead_of: the line that it takes the place of
        :return: the new line
        """
        self.ensure_one()
        if instead_of:
            delivery = {**(delivery or {}), "sequence": instead_of.sequence}
            instead_of.unlink()
        spec = self.env["paper.spec"].create({**vals, "partner_id": self._paper_spec_owner().id})
        line = self.env["sale.order.line"].create(
            {
                "order_id": self.id,
                "product_id": product.id,
                "paper_spec_id": spec.id,
                "paper_quantity": quantity,
                "paper_unit": unit,
                **(delivery or {}),
            }
        )
        line._check_validity()
        self._verify_cart_after_update()
        return line

    def _paper_spec_owner(self):
        # A visitor who is not known yet shares one partner with all others: his papers are nobody's so far.
        return self.env["res.partner"] if self._is_strangers_cart() else self.partner_id

    def _is_strangers_cart(self):
        """Say whether nobody knows yet whose cart it is; as ``_is_anonymous_cart``, also outside of a request."""
        # sudo: only who the visitors of the shop are is asked
        return self.partner_id == self.website_id.sudo().user_id.partner_id

    @api.model
    def _paper_places_of(self, partner):
        """Return where goods of a customer may be delivered to: the customer's own addresses."""
        # sudo: a customer chooses among the addresses of the own company
        customer = partner.sudo().commercial_partner_id
        places = customer.search([("id", "child_of", customer.ids), ("type", "in", ("delivery", "other"))], limit=100)
        return customer | partner.sudo() | places

    def _paper_shop_places(self):
        """Return where papers of this cart may be delivered to; nowhere yet while nobody knows whose it is."""
        self.ensure_one()
        return self.env["res.partner"] if self._is_strangers_cart() else self._paper_places_of(self.partner_id)

    def _paper_shop_faults(self):
        """Return ``{line: sentences}`` of the papers in the cart that cannot be ordered as they are."""
        self.ensure_one()
        faults = {line: line._paper_faults() for line in self.order_line if line.is_paper}
        return {line: sentences for line, sentences in faults.items() if sentences}

    def _cart_add(self, product_id, quantity=1.0, *, uom_id=None, **kwargs):
        if self.env["product.product"].browse(product_id).is_paper:
            raise UserError(self.env._("Please describe the paper on its page: what it is made by decides what it weighs."))
        return super()._cart_add(product_id, quantity, uom_id=uom_id, **kwargs)

    @api.depends("order_line.product_uom_qty", "order_line.product_id", "order_line.paper_spec_id")
    def _compute_cart_info(self):
        result = super()._compute_cart_info()
        for order in self.filtered("is_paper_order"):
            lines = order.website_order_line
            papers = lines.filtered("paper_spec_id")
            order.cart_quantity = int(sum((lines - papers).mapped("product_uom_qty"))) + len(papers)
        return result

    # Nothing is paid, and nothing confirmed, before the mill has evaluated the order.

    def _check_cart_is_ready_to_be_paid(self):
        if self.is_paper_order and self.state != "sale":
            raise ValidationError(
                self.env._("This order is accepted only after the mill has evaluated it. Nothing is to be paid before.")
            )
        return super()._check_cart_is_ready_to_be_paid()

    @api.model
    def _paper_arrived_domain(self):
        """A cart has not reached the mill: whoever puts it together may still say who and where he is."""
        return [*super()._paper_arrived_domain(), "|", ("website_id", "=", False), ("state", "!=", "draft")]

    # The order is sent

    def _paper_take_repeat(self, user, told):
        """A repeated order is an order of the web shop's channel: its handler has it, as any other (R3.1.2)."""
        self.website_id = self.website_id or self.env["website"].get_current_website()
        self.message_subscribe(user.partner_id.ids)
        self._paper_submit({**told, "commitment_date": self.commitment_date, "remark": self._paper_repeat_words(told)})

    def _paper_submit(self, told):
        """Hand a cart of paper in as an arrival of the web shop (R3.1.2). Twice hands in once.

        :param told: commitment_date (datetime or False), client_order_ref, remark
        :return: the arrival
        """
        return self._paper_web_channel()._receive([self._paper_hand_in(told)])

    def _paper_hand_in(self, told):
        """Note on a cart what was told with it, and return it as an arrival; see :meth:`_paper_submit`."""
        self.ensure_one()
        values = {name: told[name] for name in ("commitment_date", "client_order_ref") if told.get(name)}
        days = self._paper_delivery_lines().filtered(lambda line: not line.is_delivery).mapped("paper_commitment_date")
        if not values.get("commitment_date") and all(days):
            # Each paper has a day of its own: the order is there when the last of them is.
            values["commitment_date"] = max(days, default=False)
        # The shop would have it paid at once; paper is paid as agreed with the customer, or as the contract will say.
        self.write({**values, "payment_term_id": self.partner_id.property_payment_term_id.id})
        for spec in self.order_line.paper_spec_id:
            spec.partner_id = spec.partner_id or self.partner_id
        return {
            "external_ref": f"order:{self.id}",
            "raw": self._paper_web_text(told.get("remark")),
            "form": "web_order",
            "values": self._prepare_web_arrival(),
        }

    def _paper_web_channel(self):
        # sudo: a visitor orders, the channel is the mill's
        channels = self.env["paper.intake.channel"].sudo().with_context(active_test=False)
        own = [("kind", "=", "web_shop"), ("company_id", "=", self.company_id.id)]
        found = channels.search(own, order="active desc, sequence, id", limit=1)
        return found or channels.create({"name": self.env._("Web Shop"), "kind": "web_shop", "company_id": self.company_id.id})

    def _prepare_web_arrival(self):
        line = self.order_line.filtered("paper_spec_id")[:1]
        spec = line.paper_spec_id
        return {
            "partner_id": self.partner_id.id,
            "product_id": line.product_id.id,
            "number": self.client_order_ref,
            "weight": self.paper_weight_kg,
            "basis_weight": spec.basis_weight,
            "caliper": spec.caliper,
            "width": spec.width,
            "length": spec.length,
            "diameter_max": spec.reel_diameter_max,
            "core_diameter": spec.core_diameter,
            "commitment_date": self.commitment_date,
            "payment_term_id": self.payment_term_id.id,
            "quality_requirement": spec.quality_requirement,
        }

    def _paper_web_text(self, remark):
        """Return the order as the customer sent it, in words: what the arrival keeps."""
        lines = [f"{self.name} · {self.website_id.name}", self.partner_id.display_name, self.partner_id.email or ""]
        for line in self.order_line.filtered(lambda item: not item.display_type):
            text = f"{line.product_id.display_name}: {line.product_uom_qty:.10g} {line.product_uom_id.name}"
            if line.paper_spec_id:
                text = f"{line.paper_spec_id.display_name}: {line._paper_quantity_text()} = {line.paper_equivalents or ''}"
            lines.append(f"{text} × {line.price_unit:.10g} {self.currency_id.name}")
            lines += [line.paper_spec_id.packing or "", line.paper_spec_id.quality_requirement or ""]
            lines.append(" ".join(filter(None, line._paper_own_delivery_words())))
        place = self.partner_shipping_id._display_address(without_company=True)
        date = fields.Date.to_string(self.commitment_date) if self.commitment_date else ""
        lines += [date, self.client_order_ref or "", ", ".join(filter(None, place.splitlines())), remark or ""]
        return "\n".join(filter(None, lines))

    def _paper_web_received(self, channel, handler):
        """Take a web order in: it is no cart any more, and its handler has it (R3.1.2).

        With an online operator it is nobody's of sales yet, unless the customer has a salesperson: it is handed over.
        """
        website = self.env.ref("utm.utm_medium_website", raise_if_not_found=False)
        for order in self.filtered(lambda order: order.state == "draft"):
            values = {"state": "sent", "intake_channel_id": channel.id}
            if channel.team_id:
                values["team_id"] = channel.team_id.id
            values["medium_id"] = (channel.medium_id or order.medium_id or website or channel.medium_id).id
            order._by_step("state").write(values)
            if not handler._is_online_operator():
                order.user_id = handler
                order._paper_tell_web_order(handler)
            # sudo: the letter is the mill's, whoever makes the order
            template = self.env.ref("paper_order_intake_website.mail_template_received").sudo()
            if order.partner_id.email and order.partner_id._paper_wanting("paper_order_intake_website.mail_kind_received"):
                order.message_post_with_source(
                    template, message_type="comment", subtype_xmlid="mail.mt_comment", force_send=False
                )
            order.message_subscribe(order.partner_id.ids)
        self._drop_other_lines()

    @api.model
    def _told_until_settled(self):
        return (*super()._told_until_settled(), "web_order")

    def _paper_tell_web_order(self, handler):
        """Put web orders before who handles them, sales where he may not open them."""
        for company, orders in self.grouped("company_id").items():
            company._paper_tell(
                (handler, "paper_base.group_sales"), orders, lambda web: web.env._("Web order to check"), kind="web_order"
            )

    def _drop_other_lines(self):
        """Take out the freight that the shop adds by itself: for paper it follows from the delivery term."""
        delivery = self.order_line.filtered(lambda line: line.is_delivery and not line.price_unit)
        self.write({"order_line": [Command.delete(line.id) for line in delivery]})
