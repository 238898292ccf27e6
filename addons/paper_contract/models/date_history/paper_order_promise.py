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

    @api.model
    def _keep_order_changes(self, before):
        """Keep that delivery dates of orders were changed: ``{order: date before}``, those that stayed included."""
        changed = [(order, date) for order, date in before.items() if date != order.commitment_date]
        if changed:
            # sudo: the history is kept by the change, whoever makes it
            self.sudo()._by_step().create(
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

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("The history of a delivery date is written by its changes only."))
