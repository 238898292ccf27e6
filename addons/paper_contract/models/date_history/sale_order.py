from odoo import fields, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    paper_promise_ids = fields.One2many(
        "paper.order.promise", "order_id", string="Delivery Date Changes", readonly=True, groups="base.group_user"
    )

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
