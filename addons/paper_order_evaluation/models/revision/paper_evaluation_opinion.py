from odoo import fields, models

from ...exceptions import OpinionFrozenError

# What the next revision of the order takes over of an opinion that stands.
CARRIED_FIELDS = ("proposal", "evidence", "cost_evidence", "verdict", "comment", "condition", "given_on", "state")


class PaperEvaluationOpinion(models.Model):
    """An opinion of an earlier revision of the order that still stands, because the change does not touch it (R3.3.1)."""

    _inherit = "paper.evaluation.opinion"

    carried_from_id = fields.Many2one(
        "paper.evaluation.opinion",
        string="Given on an Earlier Revision",
        index="btree_not_null",
        help="The change of the order did not touch this opinion, so it still stands.",
    )

    def _carry_over(self, earlier):
        """Let an opinion of an earlier revision stand, because the change does not touch it (R3.3.1).

        :param earlier: the given opinion of the same dimension
        """
        self.ensure_one()
        self._check_carried(earlier)
        self._by_step().write({**earlier._prepare_carried(), "carried_from_id": (earlier.carried_from_id or earlier).id})

    def _prepare_carried(self):
        values = {name: self[name] for name in CARRIED_FIELDS}
        return values | {name: self[name].id for name in ("author_id", "on_behalf_of_id")}

    def _check_carried(self, earlier):
        """Refuse to carry over anything but an opinion on the same order that was given and still stands.

        Nobody gives an opinion here, so nobody is asked for his department; the records say all of it.
        """
        self._check_not_frozen()
        before = self.evaluation_id.previous_id
        given = before.opinion_ids.filtered(lambda rec: rec.dimension == self.dimension and rec.state == "given")
        stands = before.order_id == self.order_id and self.dimension not in self.evaluation_id._touched_since(before)
        if not given or given != earlier or given.verdict == "no" or not stands:
            raise OpinionFrozenError(self.env._("An opinion is given by its department, with its submission."))
