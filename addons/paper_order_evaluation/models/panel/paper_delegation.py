from odoo import api, models
from odoo.addons.paper_base.models.department.paper_delegation import Seat

CHAIR = "chair"


class PaperDelegation(models.Model):
    """The seats of the evaluation panel: one for each opinion, and the chair (R3.3.1)."""

    _inherit = "paper.delegation"

    @api.model
    def _paper_seats(self):
        dimensions = self.env["paper.evaluation.dimension"].sudo()._by_code()  # sudo: seats are the same for everybody
        opinions = {code: dimension._seat() for code, dimension in dimensions.items()}
        chair = Seat(self.env._("Evaluation: Chair"), people=lambda company: company._evaluation_named_chairs())
        return {**opinions, **super()._paper_seats(), CHAIR: chair}

    def _hand_over(self):
        dimensions = self.env["paper.evaluation.dimension"]._by_code()
        for delegation in self.filtered(lambda rec: rec._phase() == "current" and rec.stand_in_id):
            seats = set(delegation._seats()) & dimensions.keys()
            # sudo: the opinions are owed by the person who is away; only activities are added
            owed = self.env["paper.evaluation.opinion"].sudo().search(
                [
                    ("state", "=", "pending"),
                    ("dimension", "in", list(seats)),
                    ("company_id", "=", delegation.company_id.id),
                    ("evaluation_id.state", "=", "open"),
                    ("evaluation_id.submitted_by_id", "not in", (delegation.stand_in_id | delegation.user_id).ids),
                ]
            )
            owed.filtered(lambda rec, d=delegation: d.stand_in_id not in rec.activity_ids.user_id)._call(
                delegation.stand_in_id
            )
        return super()._hand_over()
