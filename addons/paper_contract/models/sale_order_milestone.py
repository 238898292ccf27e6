from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _get_milestones(self):
        milestones = super()._get_milestones()
        for order in self.filtered("is_paper_order"):
            # sudo: the customer follows the state of his contract, not its records
            contract = order.sudo()._open_contract()
            milestones[order] += [
                order._drafted_milestone(contract),
                order._legal_milestone(contract),
                order._signed_milestone(contract),
            ]
        return milestones

    def _drafted_milestone(self, contract):
        done = contract.state in ("review", "reviewed", "sent", "in_force")
        state = "done" if done else "current" if contract else "todo"
        # The first round is opened when the draft is finished.
        finished = contract.review_ids.sorted("round")[:1].create_date if done else None
        return self._paper_milestone(
            "contract", self.env._("Contract drafted"), state, date=finished, owner=self.user_id.name, clause="R4.1.1"
        )

    def _legal_milestone(self, contract):
        done = contract.state in ("reviewed", "sent", "in_force")
        review = contract.current_review_id
        return self._paper_milestone(
            "legal",
            self.env._("Legal review"),
            self._paper_clock_milestone_state(review if contract.state == "review" else review.browse(), done),
            date=review.decided_on if done else None,
            deadline=review.deadline_date if contract.state == "review" else None,
            owner=review.reviewer_id.name if done else self.env._("Legal Department"),
            clause="R4.1.2",
            internal=True,
        )

    def _signed_milestone(self, contract):
        state = "todo"
        if contract.state == "in_force":
            state = "done"
        elif contract.state == "sent":
            state = "current" if contract.customer_signed_on else "paused"
        owner = self.env._("Management") if contract.customer_signed_on else self.partner_id.name
        return self._paper_milestone(
            "signed",
            self.env._("Contract signed by both sides"),
            state,
            date=contract.in_force_on,
            owner=owner if contract.state == "sent" else None,
            clause="R4.1.3",
        )
