from odoo import api, fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    intake_channel_id = fields.Many2one(
        "paper.intake.channel",
        string="Came by",
        check_company=True,
        index="btree_not_null",
        copy=False,
        groups="base.group_user",
        help="The channel that the order reached the mill by (R3.1.1).",
    )
    intake_message_ids = fields.One2many(
        "paper.intake.message",
        "order_id",
        string="Arrivals",
        groups="paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview",
    )

    paper_unread_columns = fields.Char(
        string="Columns Not Read",
        compute="_compute_paper_unread_columns",
        groups="paper_base.group_sales,paper_base.group_management,paper_base.group_paper_overview",
        help="Columns of the customer's list that nothing in the order was read from: look at the list itself.",
    )
    # sale_stock has the same field: with it installed there is one, not two.
    incoterm = fields.Many2one("account.incoterms", string="Incoterm")

    @api.model
    def _working_fields(self):
        return [*super()._working_fields(), "intake_channel_id"]

    @api.depends("intake_message_ids.unread_columns")
    def _compute_paper_unread_columns(self):
        for order in self:
            # sudo: a colleague may have taken the list in
            columns = order.sudo().intake_message_ids.mapped("unread_columns")
            order.paper_unread_columns = ", ".join(dict.fromkeys(filter(None, columns)))

    @api.model_create_multi
    def create(self, vals_list):
        """An order has the type of the channel that it came by, unless it is said (R2, R3.1.1)."""
        orders = super().create(vals_list)
        # What a form opens with, for whoever may choose the type, is as good as chosen.
        preset = "default_paper_order_type" in self.env.context and self._may_preset("paper_order_type")
        changed = {}
        for order, vals in zip(orders, vals_list, strict=True):
            # sudo: who takes the order in need not be able to read its channel
            usual = order.sudo().intake_channel_id.order_type
            if usual and usual != order.paper_order_type and not preset and "paper_order_type" not in vals:
                changed[usual] = changed.get(usual, orders.browse()) | order
        for usual, found in changed.items():
            found.sudo()._by_step().write({"paper_order_type": usual})  # sudo: as above
        return orders

    def unlink(self):
        # The database deletes the lines along with their order.
        return self.order_line._unlink_telling_arrivals(super().unlink)

    def action_open_intake_message(self):
        """Open what arrived for this order, as it came."""
        self.ensure_one()
        arrivals = self.intake_message_ids | self.paper_later_ids
        return arrivals._get_records_action(name=self.env._("Arrivals"))

    def _note_parted(self, number):
        """Note on each of these orders of one list and number which the others are."""
        for order in self:
            order.message_post(
                body=self.env._(
                    "The list that brought %(number)s became several orders, because its rows differ in customer or "
                    "currency, or came when this order could take no more: see %(orders)s.",
                    number=number,
                    orders=", ".join((self - order).mapped("name")),
                )
            )

    def _open_list_rows(self):
        """Return ``{order: arrivals}`` of the rows of each order's list that are no items of it yet.

        Two queries for orders that came in lists, for one or for hundreds.
        """
        # sudo: what keeps an order back is the same, whoever may read the arrivals
        return self.sudo().intake_message_ids._open_rows()

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "evaluate":
            for order, rows in self._open_list_rows().items():
                blockers[self.browse(order.id)].append(self._paper_blocker("open_rows", *order._open_rows_sentence(rows)))
            for order in self:
                # sudo: as above; who may not read the arrival is told who has it
                if left := order.sudo().intake_message_ids.filtered("to_hand_over"):
                    blockers[order].append(self._paper_blocker("not_handed_over", *order._not_handed_over_sentence(left)))
        return blockers

    def _not_handed_over_sentence(self, arrivals):
        """Return what is said of arrivals that the online operator still has, and the action that opens them."""
        text = self.env._(
            "%(operators)s received the order online and has not handed it over to sales yet. "
            "The operator hands it over, or sales takes it over at the arrival.",
            operators=", ".join(arrivals.handler_id.mapped("name")),
        )
        action = self.env["paper.intake.message"].browse(arrivals.ids)._get_records_action(name=self.env._("Arrivals"))
        return text, action

    def _open_rows_sentence(self, rows):
        """Return what is said of the open rows of the order's list, and the action that opens them."""
        self.ensure_one()
        unread = rows.filtered("pending")
        texts = []
        if unread:
            texts.append(self.env._("%(count)s rows of the customer's list are still being read.", count=len(unread)))
        for row in rows - unread:
            text = row.reason or self.env._("not decided yet")
            texts.append(self.env._("%(row)s of the customer's list is open: %(reason)s", row=row.display_name, reason=text))
        action = self.env["paper.intake.message"].browse(rows.ids)._get_records_action(name=self.env._("Open Rows"))
        return "\n".join(texts), action

    # What somebody types, as the order takes it

    def _noon(self, day):
        """Return noon of a day where the mill works, as the database keeps it."""
        return self.company_id._paper_noon(day)

    @api.model
    def _answer_sentence(self, error):
        _ = self.env._
        texts = {
            "too_long": _("At most %(limit)s characters."),
            "formula": _("Begin with a letter or a figure, not with =, +, - or @."),
            "no_figure": _("This is no figure."),
            "not_positive": _("The figure must be above zero."),
            "not_whole": _("The figure must be a whole number."),
            "too_small": _("The figure must be at least %(limit)s."),
            "too_large": _("The figure must be at most %(limit)s."),
            "no_day": _("This is no date."),
            "past": _("This day is past."),
            "too_far": _("This day is more than %(years)s years ahead."),
            "no_choice": _("Choose one of the list."),
        }
        return texts[error.code] % error.params
