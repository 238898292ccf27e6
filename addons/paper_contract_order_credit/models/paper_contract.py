from odoo import api, models
from odoo.addons.paper_base.lib.words import said


class PaperContract(models.Model):
    """What credit asks of the customer, beside what the contract agrees with him (R3.2.2, R4.1.1)."""

    _inherit = "paper.contract"

    def _completed_create(self, vals):
        completed = super()._completed_create(vals)
        order = self.env["sale.order"].browse(vals.get("order_id"))
        if order and not vals.get("parent_id"):
            # A figure that was given, 0 included, stays.
            completed.setdefault("prepayment_percent", order._valid_credit_review().prepayment_percent)
        return completed

    @api.model
    def _warning_texts(self):
        _ = self.env._
        return {
            **super()._warning_texts(),
            "prepayment": _(
                "Credit asks for a prepayment of %(asked)s %% before production; the contract agrees on %(agreed)s %%."
            ),
            "guarantee": _("Credit asks for a guarantee, and none that is valid is on file."),
            "credit_conditions": _("Credit set further conditions; see that the contract keeps them: %(conditions)s"),
        }

    def _payment_warnings(self, order):
        found = super()._payment_warnings(order)
        review = order._valid_credit_review()
        if self.parent_id or not review:
            return found
        if review.prepayment_percent > self.prepayment_percent:
            figures = {"asked": f"{review.prepayment_percent:g}", "agreed": f"{self.prepayment_percent:g}"}
            found["prepayment"] = (False, figures)
        if review.guarantee != "none" and not order._has_valid_guarantee():
            found["guarantee"] = (False, {})
        if said(review.conditions):
            found["credit_conditions"] = (False, {"conditions": said(review.conditions)})
        return found
