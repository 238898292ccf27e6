from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ..exceptions import ContractImmutableError, DrafterReviewError

_lt = LazyTranslate(__name__)


class PaperContractWarning(models.Model):
    """What a lawyer would warn of in one contract, found by comparing its figures with the law's lines and
    with the order. It blocks no draft; before legal accepts, sales has answered it or legal has taken note
    of it (R4.1.1, R4.1.2). Found again by itself whenever contract or order change.
    """

    _name = "paper.contract.warning"
    _description = "Warning on a Contract"
    _order = "contract_id, id"
    _rec_name = "code"
    _reason_steps = {
        "action_answer": ReasonStep(
            _lt("Answer the Warning"),
            hint=_lt("What sales says to it."),
            label=_lt("Answer"),
            keyword="answer",
            of="contract_id",
            about="_answered_text",
        )
    }

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    code = fields.Char(required=True, readonly=True)
    article = fields.Char(readonly=True)
    figures = fields.Json(readonly=True)
    message = fields.Text(compute="_compute_message")
    state = fields.Selection(
        [
            ("open", "Not Answered"),
            ("answered", "Answered by Sales"),
            ("noted", "Noted by Legal"),
            ("gone", "No Longer Applies"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    answer = fields.Text(readonly=True)
    settled_by_id = fields.Many2one("res.users", string="By", readonly=True)
    settled_on = fields.Datetime(string="On", readonly=True)

    _code_uniq = models.UniqueIndex("(contract_id, code)", "A contract has each warning once.")

    @api.depends("code", "figures")
    @api.depends_context("lang")
    def _compute_message(self):
        texts = self.env["paper.contract"]._warning_texts()
        for warning in self:
            warning.message = texts[warning.code] % (warning.figures or {}) if warning.code in texts else warning.code

    # Only the steps write

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._refuse_by_hand()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su and set(vals) - {"company_id"}:
            self._refuse_by_hand()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_with_contract(self):
        if not self.env.su:
            self._refuse_by_hand()

    def _refuse_by_hand(self):
        raise ContractImmutableError(
            self.env._("Warnings are found by the system; answer them, or take note of them, by their buttons.")
        )

    # Steps

    def action_answer(self, answer=None):
        """Answer the warnings, by sales; without a text a dialog asks for it."""
        self.contract_id._check_sales()
        self.contract_id._check_state("draft", "review")
        if not (answer or "").strip():
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_answer")
        self._settle("answered", answer.strip())
        return True

    def action_note(self):
        """Take note of the warnings, by legal and by nobody who drafted (R4.1.2)."""
        self.check_access("read")
        self.contract_id._check_state("draft", "review")
        self.contract_id._check_reviewer()
        for warning in self:
            # sudo: the rule holds for whoever asks
            if self.env.user in warning.contract_id.sudo().drafter_ids:
                raise DrafterReviewError(
                    self.env._(
                        "%(user)s wrote in “%(contract)s” and cannot review it.",
                        user=self.env.user.name,
                        contract=warning.contract_id.name,
                    )
                )
        self._settle("noted")
        return True

    def _answered_text(self):
        return "\n".join(self.mapped("message"))

    def _settle(self, state, answer=False):
        # sudo: nobody writes a warning by hand; the steps have checked who settles it
        self.sudo().write(
            {
                "state": state,
                "answer": answer,
                "settled_by_id": self.env.uid,
                "settled_on": fields.Datetime.now(),
            }
        )
