from odoo import api, fields, models


class PaperEvaluationRemedy(models.Model):
    """A way out that a department proposes where the answer is not a plain yes: overtime, another
    machine, subcontracting, another supplier …, with what it costs and how it moves the delivery
    date (R3.3.2, R3.3.3). Written with the opinion, frozen with it.
    """

    _name = "paper.evaluation.remedy"
    _description = "Remedy of an Evaluation Opinion"
    _order = "opinion_id, id"

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

    @api.model_create_multi
    def create(self, vals_list):
        remedies = super().create(vals_list)
        remedies._typed().opinion_id._check_may_write()
        remedies.opinion_id._check_not_frozen()
        return remedies

    def _typed(self):
        """Return those that a person writes; what is computed with the figures is written by that step alone."""
        return self.filtered(lambda remedy: not (remedy.computed and self.env.su))

    def write(self, vals):
        self.opinion_id._check_may_write()
        result = super().write(vals)
        if "opinion_id" in vals:
            self.opinion_id._check_may_write()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_given(self):
        self._typed().opinion_id._check_may_write()
        self.opinion_id._check_not_frozen()
