from odoo import api, fields, models

from ..exceptions import AskCustomerError

# The six facts of R3.2.1, in the regulation's order.
FACTS = ("product", "specification", "quantity", "delivery_date", "delivery_place", "payment_terms")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_missing = fields.Json(string="Missing", compute="_compute_paper_missing", groups="base.group_user")
    paper_missing_text = fields.Text(
        string="Still Missing", compute="_compute_paper_missing", groups="base.group_user"
    )
    paper_fact_count = fields.Integer(string="Complete", compute="_compute_paper_missing", groups="base.group_user")
    paper_fact_total = fields.Integer(string="Facts", compute="_compute_paper_missing", groups="base.group_user")
    paper_asked_on = fields.Datetime(
        string="Customer Asked on", readonly=True, copy=False, groups="base.group_user"
    )

    @api.depends(
        "order_line.product_id",
        "order_line.paper_spec_id",
        "order_line.paper_quantity",
        "commitment_date",
        "partner_shipping_id",
        "payment_term_id",
    )
    @api.depends_context("lang")
    def _compute_paper_missing(self):
        missing = self._get_missing_facts()
        for order in self:
            found = missing[order]
            order.paper_missing = found
            order.paper_missing_text = "\n".join(item["message"] for item in found)
            order.paper_fact_total = len(FACTS)
            order.paper_fact_count = len(FACTS) - len({item["fact"] for item in found})

    def _get_missing_facts(self):
        """List what each order lacks before it can be evaluated (R3.2.1).

        Override to ask for more.

        :return: ``{order: [{"fact", "message"}, …]}``; fact is a member of FACTS
        """
        return {order: order._missing_line_facts() + order._missing_order_facts() for order in self}

    def _missing_line_facts(self):
        self.ensure_one()
        _ = self.env._
        # No filtered(): each subset would fetch its specifications by a query of its own.
        lines = [line for line in self.order_line if line.is_paper]
        if not lines:
            return [
                self._missing_fact("product", _("Product: no paper is ordered.")),
                self._missing_fact("specification", _("Specification: not given.")),
                self._missing_fact("quantity", _("Quantity: not given.")),
            ]
        found = []
        for line in lines:
            name = line.paper_spec_id.display_name or line.product_id.display_name or ""
            if not line.product_id:
                found.append(self._missing_fact("product", _("Product of “%(line)s”: not given.", line=name)))
            if not line.paper_spec_id:
                found.append(self._missing_fact("specification", _("Specification of “%(line)s”: not given.", line=name)))
            else:
                found += self._missing_spec_facts(line.paper_spec_id, name)
            if not (line.paper_quantity or (not line.paper_spec_id and line.product_uom_qty)):
                found.append(self._missing_fact("quantity", _("Quantity of “%(line)s”: not given.", line=name)))
        return found

    def _missing_spec_facts(self, spec, name):
        fields_missing = spec._missing_figures()
        if not fields_missing:
            return []
        labels = ", ".join(spec._fields[field]._description_string(self.env) for field in fields_missing)
        text = self.env._("Specification of “%(line)s”: %(figures)s not given.", line=name, figures=labels)
        return [self._missing_fact("specification", text)]

    def _missing_order_facts(self):
        self.ensure_one()
        _ = self.env._
        found = []
        if not self.commitment_date:
            found.append(self._missing_fact("delivery_date", _("Delivery date: not given.")))
        if not self._has_delivery_place():
            found.append(self._missing_fact("delivery_place", _("Delivery place: the address lacks street or city.")))
        if not self.payment_term_id:
            found.append(self._missing_fact("payment_terms", _("Payment terms: not given.")))
        return found

    def _has_delivery_place(self):
        """Say whether goods could be brought there: a street and a city (or, for a municipality, its province)."""
        self.ensure_one()
        place = self.partner_shipping_id
        return bool(place.street and (place.city or place.state_id))

    @api.model
    def _missing_fact(self, fact, message):
        return {"fact": fact, "message": message}

    # Blocker and milestone

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "evaluate":
            papers = self.filtered("is_paper_order")
            for order, missing in papers._get_missing_facts().items():
                if missing:
                    text = "\n".join([self.env._("The order is incomplete."), *(f"· {item['message']}" for item in missing)])
                    blockers[order].append(self._paper_blocker("incomplete", text, role=None))
        return blockers

    def _get_milestones(self):
        milestones = super()._get_milestones()
        papers = self.filtered("is_paper_order")
        for order, missing in papers._get_missing_facts().items():
            state = "done" if not missing else "paused" if order.paper_asked_on else "todo"
            milestones[order].append(
                self._paper_milestone(
                    "complete",
                    self.env._("Order complete"),
                    state,
                    owner=order.partner_id.name if state == "paused" else order.user_id.name,
                    clause="R3.2.1",
                )
            )
        return milestones

    # The customer is asked

    def action_ask_customer(self):
        """Send each customer the list of what his order lacks (R3.2.1).

        :raises AskCustomerError: nothing is missing, or the customer has no e-mail address
        """
        self.check_access("write")
        template = self.env.ref("paper_order_intake.mail_template_missing")
        for order in self:
            order._check_can_ask()
            order.message_post_with_source(
                template, message_type="comment", subtype_xmlid="mail.mt_comment", force_send=False
            )
            order.paper_asked_on = fields.Datetime.now()

    def _check_can_ask(self):
        self.ensure_one()
        if not self.paper_missing:
            raise AskCustomerError(self.env._("%(order)s lacks nothing.", order=self.name))
        if not self.partner_id.email:
            raise AskCustomerError(
                self.env._(
                    "%(customer)s has no e-mail address. Add it, or ask by phone and complete the order here.",
                    customer=self.partner_id.display_name,
                )
            )
