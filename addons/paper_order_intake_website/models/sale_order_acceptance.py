from odoo import fields, models

from ..exceptions import WebOrderError

SALES = "paper_base.group_sales"

# With one of these the mill's own gates decide on an order; without them a person says yes.
GATES = ("paper.evaluation", "paper.contract")


class SaleOrder(models.Model):
    _name = "sale.order"
    _inherit = ["sale.order", "paper.step.mixin"]

    paper_accepted_on = fields.Datetime(string="Web Order Accepted on", by_steps=True, groups="base.group_user")
    paper_accepted_by_id = fields.Many2one(
        "res.users", string="Web Order Accepted by", by_steps=True, groups="base.group_user"
    )
    paper_to_accept = fields.Boolean(compute="_compute_paper_to_accept", groups="base.group_user")

    def _compute_paper_to_accept(self):
        for order in self:
            order.paper_to_accept = order._is_to_accept()

    def _is_to_accept(self):
        """Say whether a web order waits for a person to accept it, because no evaluation or contract decides."""
        self.ensure_one()
        if not self.website_id or not self.is_paper_order or any(model in self.env for model in GATES):
            return False
        return self.state in ("draft", "sent") and not self.sudo().paper_accepted_on  # sudo: the rule holds for all

    def _get_blockers(self, step):
        blockers = super()._get_blockers(step)
        if step == "confirm":
            for order in self:
                if order._is_to_accept():
                    text = order.env._("This order of the web shop has not been accepted yet: check it, then accept it.")
                    blockers[order].append(order._paper_blocker("web_acceptance", text, order._open_order_action(), role=None))
        return blockers

    def _refuse_hand(self, names):
        if any(name in ("paper_accepted_on", "paper_accepted_by_id") for name in names):
            raise WebOrderError(self.env._("A web order is accepted by its own step, after it was checked."))
        return super()._refuse_hand(names)

    def action_accept_web_order(self):
        """Accept web orders after they were checked (R3.1.2); only sales may.

        :raises WebOrderError: by another department, which may write on orders for its own work
        :raises EvaluateBlockedError: something is missing, or the customer's credit is not decided
        """
        self.check_access("write")
        if not self._is_one_of((SALES,)):
            raise WebOrderError(self.env._("Sales accepts the orders of the web shop."))
        # sudo: who accepts an order has taken over its arrival by that, whoever of sales handles it
        self.sudo().intake_message_ids._take_by_acting()
        self._check_blockers("evaluate")
        # sudo: nobody writes an acceptance by hand, whoever takes the step included
        accepted = self.sudo()._by_step()
        accepted.write({"paper_accepted_on": fields.Datetime.now(), "paper_accepted_by_id": self.env.uid})
        self.env["res.company"]._paper_told(self, "web_order")
