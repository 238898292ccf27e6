from odoo import api, fields, models
from odoo.exceptions import AccessError


class PaperOrderPromise(models.Model):
    """A change of the delivery date of a paper order, or of one of its lines: what it was, what it is, who changed it and
    when. Written by the change itself; the customer follows it in the portal (R4.2.2).
    """

    _name = "paper.order.promise"
    _description = "Change of a Delivery Date"
    _inherit = ["paper.step.mixin"]
    _order = "id"

    _all_by_steps = True
    _field_error = AccessError

    order_id = fields.Many2one("sale.order", required=True, ondelete="cascade", index=True)
    order_line_id = fields.Many2one(
        "sale.order.line", string="Line", ondelete="cascade", index="btree_not_null", help="Empty: the order as a whole."
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    previous = fields.Datetime(string="Delivery was")
    promised = fields.Datetime(string="Delivery is")
    user_id = fields.Many2one("res.users", string="Changed by")

    @api.model
    def _keep_line_changes(self, before):
        """Keep that delivery dates of lines were changed: ``{line: date before}``, those that stayed included."""
        vals_list = [
            {
                "order_id": line.order_id.id,
                "order_line_id": line.id,
                "previous": date,
                "promised": line._paper_delivery_date(),
                "user_id": self.env.uid,
            }
            for line, date in before.items()
            if date != line._paper_delivery_date()
        ]
        # sudo: the history is kept by the change, whoever makes it
        self.sudo()._by_step().create(vals_list)

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The history of a delivery date is written by its changes only."))


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_promise_ids = fields.One2many(
        "paper.order.promise", "order_id", string="Delivery Date Changes", readonly=True, groups="base.group_user"
    )

    def write(self, vals):
        if "commitment_date" not in vals:
            return super().write(vals)
        before = {order: order.commitment_date for order in self if order.is_paper_order}
        result = super().write(vals)
        changed = [(order, date) for order, date in before.items() if date != order.commitment_date]
        if changed:
            # sudo: the history is kept by the change, whoever makes it
            self.env["paper.order.promise"].sudo()._by_step().create(
                [
                    {
                        "order_id": order.id,
                        "previous": date,
                        "promised": order.commitment_date,
                        "user_id": self.env.uid,
                    }
                    for order, date in changed
                ]
            )
        return result

    def _get_promise_history(self):
        """Return the delivery dates of this order one after the other, for its customer.

        Override to add what an evaluation promised: append ``{"date", "promised", "source"}`` and return.

        :return: list of ``{"date": datetime when it was said, "promised": datetime, "source": text}``, oldest first
        """
        self.ensure_one()
        order = self.sudo()  # sudo: the customer follows the dates, not the records behind them
        _ = self.env._
        changes = order.paper_promise_ids.filtered(lambda change: not change.order_line_id).sorted("id")
        first = changes[:1].previous if changes else order.commitment_date
        history = [{"date": order.create_date, "promised": first, "source": _("asked for")}] if first else []
        history += [
            {"date": change.create_date, "promised": change.promised, "source": _("changed")}
            for change in changes
            if change.promised
        ]
        history += [
            {
                "date": change.create_date,
                "promised": change.promised,
                "source": _("changed: %(product)s", product=change.order_line_id._contract_product()),
            }
            for change in order.paper_promise_ids.filtered("order_line_id").sorted("id")
            if change.promised
        ]
        contract = order._open_contract()
        if contract.in_force_on and order.commitment_date:
            history.append({"date": contract.in_force_on, "promised": order.commitment_date, "source": _("contract")})
        return sorted(history, key=lambda item: item["date"])

    def _get_customer_documents(self):
        """Return the papers of this order that its customer may open in the portal.

        Override to add: call ``super()``, append ``{"name", "url", "icon"}`` and return. Each address checks by itself
        who opens it.
        """
        self.ensure_one()
        contract = self.sudo()._open_contract()  # sudo: see _get_promise_history
        documents = []
        if contract.state in ("sent", "in_force"):
            url = f"/my/contracts/{contract.id}"
            documents.append({"name": self.env._("Contract %(name)s", name=contract.name), "url": url, "icon": "fa-file-text-o"})
            if contract.signed_id:
                name = self.env._("Signed contract (PDF)")
                documents.append({"name": name, "url": f"{url}/pdf", "icon": "fa-file-pdf-o"})
        return documents
