from odoo import fields, models

from ..review.res_partner import reads_credit
from ..review.sale_order import CREDIT_CODE


class SaleOrder(models.Model):
    """Holding a signed order for the customer's credit: lawful only with evidence and notice (articles 527, 528)."""

    _inherit = "sale.order"

    paper_suspension_ids = fields.One2many(
        "paper.performance.suspension",
        "order_id",
        string="Suspensions",
        groups="paper_base.group_sales,paper_base.group_credit,paper_base.group_legal,paper_base.group_finance,"
        "paper_base.group_management,paper_base.group_paper_overview",
    )

    def _open_suspension(self):
        """Return the suspension of this order that counts now: the latest that was not called off."""
        self.ensure_one()
        # sudo: the rule is the same whoever may read the suspension
        counting = self.sudo().paper_suspension_ids.filtered(lambda rec: rec.state != "cancelled")
        return counting.sorted("id")[-1:]

    def _performance_blockers(self, found):
        """Return what holds a signed order: its suspension, or the holds that were ``found``, with what they still lack."""
        suspension = self._open_suspension()
        if suspension.state == "terminated":
            text = self.env._(
                "The contract was terminated on %(date)s (Civil Code, article 528). Cancel the order.",
                date=suspension.terminated_on,
            )
            # Whoever works on the order has to know that it is over; it says nothing of the customer's credit.
            told = {"role": None, "message": text, "shared": text} if self.env.user._is_internal() else {"role": None}
            return [{**self._credit_blocker(CREDIT_CODE, text, suspension._open_action()), **told}]
        if suspension.state == "noticed":
            return [self._credit_blocker(CREDIT_CODE, suspension._hold_sentence(), suspension._open_action())]
        if suspension._is_secured():
            return []  # security was provided, so performance is resumed (article 528)
        return [self._unlawful_hold(item, suspension) for item in found]

    def _unlawful_hold(self, blocker, suspension):
        """Return a hold of a signed order with what still makes it a breach of the mill's own duty."""
        if not reads_credit(self.env):
            return blocker
        if suspension.state == "draft":
            missing = "; ".join(suspension._missing_for_notice()) or self.env._("the notice is not given")
            action = suspension._open_action()
        else:
            missing = self.env._("evidence and notice")
            action = self._new_suspension_action()
        text = self.env._(
            "%(obstacle)s The contract is signed: holding the order is lawful only with firm evidence and notice at once"
            " (Civil Code, articles 527 and 528). Missing: %(missing)s.",
            obstacle=blocker["message"],
            missing=missing,
        )
        return {**blocker, "message": text, "action": action}

    def _new_suspension_action(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Suspension of Performance"),
            "res_model": "paper.performance.suspension",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "current",
            "context": {"default_order_id": self.id},
        }

    def action_open_suspension(self):
        """Open what suspends the order, or start it (Civil Code, articles 527 and 528)."""
        self.ensure_one()
        self.check_access("read")
        suspension = self.paper_suspension_ids.filtered(lambda rec: rec.state in ("draft", "noticed", "secured"))[:1]
        return suspension._open_action() if suspension else self._new_suspension_action()
