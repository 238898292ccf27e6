from odoo import api, models
from odoo.addons.paper_base.models.department.paper_delegation import Seat

from ..lib.panel import DEPARTMENTS, DIMENSIONS
from .paper_evaluation_opinion_evidence import COST_READERS

CHAIR = "chair"


class PaperDelegation(models.Model):
    """The seats of the evaluation panel: one for each opinion, and the chair (R3.3.1)."""

    _inherit = "paper.delegation"

    @api.model
    def _paper_seats(self):
        names = dict(self.env["paper.evaluation.opinion"]._fields["dimension"]._description_selection(self.env))
        opinions = {
            dimension: Seat(
                self.env._("Evaluation: %(opinion)s", opinion=names[dimension]),
                group=group,
                readers=COST_READERS if dimension == "cost" else (),
            )
            for dimension, group in DEPARTMENTS.items()
        }
        chair = Seat(self.env._("Evaluation: Chair"), people=lambda company: company._evaluation_named_chairs())
        return {**super()._paper_seats(), **opinions, CHAIR: chair}

    def _hand_over(self):
        for delegation in self.filtered(lambda rec: rec._phase() == "current" and rec.stand_in_id):
            seats = set(delegation._seats()) & set(DIMENSIONS)
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
