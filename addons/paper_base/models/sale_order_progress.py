from odoo import models
from odoo.tools.misc import formatLang

from ..lib.progress import stage_state, stage_weights

SALES = "paper_base.group_sales"
SHORT = "short"  # what sales are told of, see res.company._paper_tell


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _paper_progress_milestone(self, code, name, progress, date=None, owner=None, **given):
        """Return the milestone of a stage that the ordered weight goes through (R5.3.3), judged line by line.

        It is done only when of every line as much has come through as was ordered, less the agreed tolerance. What was
        given up does not count: the stage is then "short", and sales have the order.

        :param progress: :class:`Progress` of each line that goes through the stage; none: nothing does
        :param date: when the last of it came through
        :param given: see :meth:`_paper_milestone`; a ``state`` stands where the weights speak of no other one
        """
        self.ensure_one()
        asked = given.pop("state", None)
        state = stage_state(progress) if self.state == "sale" else "todo"
        if (asked == "failed" and state != "done") or (asked not in (None, "todo") and state in ("todo", "current")):
            state = asked
        reached, ordered = stage_weights(progress)
        if state == "short" or (reached and state not in ("done", "skipped")) or any(line.is_beyond for line in progress):
            name = self.env._(
                "%(step)s: %(made)s of %(ordered)s kg",
                step=name,
                made=formatLang(self.env, reached, digits=0),
                ordered=formatLang(self.env, ordered, digits=0),
            )
        if state == "short":
            given.update(user=self.user_id, department="sales")
        milestone = self._paper_milestone(code, name, state, date=date if state == "done" else None, owner=owner, **given)
        return {**milestone, "progress": progress}

    # Sales hear of what fell short (R5.3.3)

    def _paper_weight_changed(self):
        """Have sales told, when the transaction ends, if these orders fell short: their rest was given up.

        Call it wherever making or delivering ends, or an ordered quantity changes. Only the end of the transaction
        tells whether it is so: an order that is cancelled gives up its deliveries first.
        """
        if not self:
            return
        self._paper_status_changed()
        precommit = self.env.cr.precommit
        waiting = precommit.data.setdefault("paper_weight_changed", set())
        if not waiting:
            precommit.add(self._paper_tell_short)
        waiting.update(self.ids)

    def _paper_tell_short(self):
        ids = self.env.cr.precommit.data.pop("paper_weight_changed", ())
        # sudo: whoever ends a job tells sales of it, whatever he may read
        orders = self.sudo().browse(ids).exists()
        short = orders.browse()
        for order, milestones in orders._get_milestones().items():
            if order.state == "sale" and any(item["state"] == "short" for item in milestones):
                short |= order
        companies = self.env["res.company"]
        companies._paper_told(orders - short, SHORT)
        for company, found in short.grouped("company_id").items():
            company._paper_tell(lambda order: (order.user_id, SALES), found, lambda order: order._paper_short_words(), kind=SHORT)

    def _paper_short_words(self):
        """Return what sales have to do about what fell short, in the reader's language."""
        self.ensure_one()
        short = next(item for item in self._get_sorted_milestones()[self] if item["state"] == "short")
        return self.env._(
            "%(step)s, and the rest was given up: have it made or agree with the customer on less", step=short["name"]
        )
