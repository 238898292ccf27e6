from odoo import api, fields, models


class PaperEvaluation(models.Model):
    """The panel on a supplement: it is asked about the order as the supplement would make it, and only the departments that
    the change touches. Until the supplement is in force, what the panel says is nothing of the order (R3.3.1, R4.1.3).
    """

    _inherit = "paper.evaluation"

    supplement_id = fields.Many2one("paper.contract", string="Supplement", ondelete="restrict", index="btree_not_null")
    supplement_changes = fields.Text(
        string="What the Supplement Changes", compute="_compute_supplement_changes", groups="base.group_user"
    )

    @api.depends("supplement_id.change_ids.is_changed", "supplement_id.new_commitment_date")
    @api.depends_context("lang", "uid")
    def _compute_supplement_changes(self):
        shown = self.env["paper.evaluation.opinion"]._reads_cost()
        for evaluation in self:
            # sudo: the panel is asked about it, whoever may read contracts
            supplement = evaluation.sudo().supplement_id
            texts = supplement._change_texts(with_prices=shown, lang=self.env.lang) if supplement else []
            evaluation.supplement_changes = "\n".join(f"{what}: {old} → {new}" for what, old, new in texts) or False

    @api.depends("supplement_id.name")
    def _compute_display_name(self):
        result = super()._compute_display_name()
        for evaluation in self.filtered("supplement_id"):
            # sudo: see _compute_supplement_changes
            supplement = evaluation.sudo().supplement_id.name
            evaluation.display_name = self.env._("%(name)s (%(supplement)s)", name=evaluation.display_name, supplement=supplement)
        return result

    @api.depends("supplement_id.applied_on")
    def _compute_outdated(self):
        return super()._compute_outdated()

    def _is_ahead(self):
        # sudo: whether it is in force is the same whoever may read contracts
        supplement = self.sudo().supplement_id
        return bool(supplement) and not supplement.applied_on or super()._is_ahead()

    def _asked_orders(self):
        ahead = self.filtered(lambda evaluation: evaluation.supplement_id and evaluation._is_ahead())
        if not ahead:
            return super()._asked_orders()  # a difference of records would read one order at a time
        orders = super(PaperEvaluation, (self - ahead).with_prefetch(self._prefetch_ids))._asked_orders()
        for evaluation in ahead:
            # sudo: the order is evaluated as the supplement would make it, whoever may read the supplement
            orders |= evaluation.sudo().supplement_id._order_ahead().with_env(self.env)
        return orders

    def _outdated_message(self, evaluation):
        if not evaluation._is_ahead():
            return super()._outdated_message(evaluation)
        return self.env._(
            "Supplement %(supplement)s was changed after it was submitted for evaluation. Sales submits it again.",
            supplement=evaluation.sudo().supplement_id.name,  # sudo: only the number is shown
        )

    def _result_sentence(self):
        if not self._is_ahead():
            return super()._result_sentence()
        _ = self.env._
        texts = {
            "passed": _("Supplement %(name)s passed the panel: submit it to legal."),
            "conditional": _("Supplement %(name)s passed the panel with conditions: agree on them, and submit it to legal."),
            "failed": _("Supplement %(name)s did not pass the panel: change it, or give it up."),
        }
        return texts[self.state] % {"name": self.sudo().supplement_id.name}  # sudo: only the number is shown

    def _enter_order(self):
        """Let what was evaluated for a supplement hold for its order, which has the new terms now."""
        self.ensure_one()
        capacity = self.opinion_ids.filtered(lambda opinion: opinion.dimension == "capacity")
        if capacity and not capacity.carried_from_id:
            (self.order_id.paper_reservation_ids - self.reservation_ids)._release()
            self.reservation_ids._make_firm()
        self._promise_lines()
