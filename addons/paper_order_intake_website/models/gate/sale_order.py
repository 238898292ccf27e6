from odoo import fields, models

from ...exceptions import WebOrderError

SALES = "paper_base.group_sales"

# With one of these the mill's own gates decide on an order; without them a person says yes.
GATES = ("paper.evaluation", "paper.contract")
# What waits until a person has decided whether the order came twice.
HELD_STEPS = ("evaluate", "contract", "confirm")


class SaleOrder(models.Model):
    """What a web order waits for: that somebody accepts it, or decides whether it came twice (R3.1.2)."""

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
        if step in HELD_STEPS:
            for order in self.filtered("website_id"):
                for suspicion in order._open_suspicions():
                    blockers[order].append(order._suspicion_blocker(suspicion))
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

    # It seems to have come before

    def _open_suspicions(self):
        # sudo: the rule holds for whoever meets it
        suspicions = self.sudo().intake_message_ids.filtered(lambda rec: rec.form == "web_order").suspicion_ids
        return suspicions.filtered(lambda rec: rec.state == "open")

    def _suspicion_blocker(self, suspicion):
        """Return what holds a web order that seems to have come before; the customer learns no more than that it waits."""
        if not self.env.user._is_internal():
            return self._paper_blocker("suspected_duplicate", self.env._("The mill is still reviewing this order."), role=None)
        other = suspicion.other_message_id or suspicion.other_order_id
        text = self.env._("It looks like %(other)s, which came before. Compare them and decide.", other=other.display_name)
        # sudo: the opposite, whoever opens it reads it by his own rights
        action = suspicion.sudo(False)._get_records_action(name=self.env._("Suspected Duplicates"))
        return self._paper_blocker("suspected_duplicate", text, action, role=None)
