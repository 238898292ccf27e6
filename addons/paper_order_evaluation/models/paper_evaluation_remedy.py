from odoo import api, fields, models

from ..exceptions import OpinionFrozenError


class PaperEvaluationRemedy(models.Model):
    """A way out that a department proposes where the answer is not a plain yes: overtime, another
    machine, subcontracting, another supplier …, with what it costs and how it moves the delivery
    date (R3.3.2, R3.3.3). Written with the opinion, frozen with it.
    """

    _name = "paper.evaluation.remedy"
    _description = "Remedy of an Evaluation Opinion"
    _inherit = ["paper.step.mixin"]
    _order = "opinion_id, id"

    _field_error = OpinionFrozenError

    opinion_id = fields.Many2one("paper.evaluation.opinion", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="opinion_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    kind = fields.Selection(
        [
            ("overtime", "Overtime"),
            ("equipment", "More Equipment"),
            ("subcontracting", "Subcontracting"),
            ("supplier", "Alternative Supplier"),
            ("other", "Other"),
        ],
        required=True,
        default="overtime",
    )
    name = fields.Char(string="What is Done", required=True)
    cost_effect = fields.Monetary(string="Effect on Cost", help="Added cost of the order, in company currency.")
    days_effect = fields.Integer(string="Effect on Date (days)", help="Days by which the delivery moves; negative is earlier.")

    # The department writes it, until it gives its opinion; what is computed with the figures, a step alone

    @api.model_create_multi
    def create(self, vals_list):
        remedies = super().create(vals_list)
        if not self._is_step():
            remedies._check_typed()
        return remedies

    def write(self, vals):
        if self._is_step():
            return super().write(vals)
        self._check_typed()
        result = super().write(vals)
        self._check_typed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_given(self):
        if not self._is_step():
            self._check_typed()

    def _check_typed(self):
        self.opinion_id._check_may_write()
        if any(remedy.computed for remedy in self):
            self._refuse_hand(["computed"])

    def _refused_hand_message(self, names):
        return self.env._("What is computed with the figures is not written by hand.")
