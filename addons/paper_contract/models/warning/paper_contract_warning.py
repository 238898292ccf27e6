from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import DrafterReviewError
from ..draft.paper_contract import WRITERS

_lt = LazyTranslate(__name__)


class PaperContractWarning(models.Model):
    """What a lawyer would warn of in one contract, found by comparing its figures with the law's lines and
    with the order. It blocks no draft; before legal accepts, sales has answered it or legal has taken note
    of it (R4.1.1, R4.1.2). Found again by itself whenever contract or order change.
    """

    _name = "paper.contract.warning"
    _description = "Warning on a Contract"
    _inherit = ["paper.contract.part"]
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
    _all_by_steps = True
    _kept = True
    # Sales answers, legal (or who stands in for it) takes note; what changes in the contract opens or ends a warning.
    _steps = {
        "open": {"answered": WRITERS, "noted": (), "gone": ()},
        "answered": {"noted": (), "open": (), "gone": ()},
        "noted": {"open": (), "gone": ()},
        "gone": {"open": ()},
    }
    # Who takes note is of legal, or stands in for somebody there.
    _acts = {"answer": (("open",), WRITERS), "note": (("open", "answered"), ())}
    _entering = {
        "answered": Entering(by="settled_by_id", on="settled_on"),
        "noted": Entering(check="_check_noted", by="settled_by_id", on="settled_on"),
    }

    contract_id = fields.Many2one("paper.contract", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    code = fields.Char(required=True)
    article = fields.Char()
    figures = fields.Json()
    message = fields.Text(compute="_compute_message")
    state = fields.Selection(
        [
            ("open", "Not Answered"),
            ("answered", "Answered by Sales"),
            ("noted", "Noted by Legal"),
            ("gone", "No Longer Applies"),
        ],
        required=True,
        default="open",
        index=True,
    )
    answer = fields.Text()
    settled_by_id = fields.Many2one("res.users", string="By")
    settled_on = fields.Datetime(string="On")
    can_answer = fields.Boolean(compute="_compute_can_steps")
    can_note = fields.Boolean(compute="_compute_can_steps")

    _code_uniq = models.UniqueIndex("(contract_id, code)", "A contract has each warning once.")

    @api.depends("code", "figures")
    @api.depends_context("lang")
    def _compute_message(self):
        texts = self.env["paper.contract"]._warning_texts()
        for warning in self:
            warning.message = texts[warning.code] % (warning.figures or {}) if warning.code in texts else warning.code

    @api.depends("contract_id.state", "contract_id.drafter_ids")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        # sudo: the rule holds for whoever asks
        contract = self.sudo().contract_id
        if contract.state not in ("draft", "review"):
            return self.env._("“%(contract)s” is reviewed: its warnings are settled.", contract=contract.name)
        if verb == "note" and not contract._is_reviewed_by_user():
            return self.env._("Legal takes note of a warning.")
        if verb == "note" and self._is_drafter():
            return self._drafter_message()
        return super()._act_objection(verb)

    def _is_drafter(self):
        # sudo: the rule holds for whoever asks
        return self.env.user in self.sudo().contract_id.drafter_ids

    def _drafter_message(self):
        return self.env._(
            "%(user)s wrote in “%(contract)s” and cannot review it.",
            user=self.env.user.name,
            contract=self.contract_id.name,
        )

    # Steps

    def action_answer(self, answer=None):
        """Answer the warnings, by sales; without a text a dialog asks for it."""
        self.contract_id._check_sales()
        self.contract_id._check_state("draft", "review")
        self._check_act("answer")
        if not said(answer):
            self.ensure_one()
            return self._ask_reason("action_answer")
        return self._take_step("answered", answer=said(answer))

    def action_note(self):
        """Take note of the warnings, by legal and by nobody who drafted (R4.1.2)."""
        self.check_access("read")
        self.contract_id._check_state("draft", "review")
        self.contract_id._check_reviewer()
        self._check_noted()
        self._check_act("note")
        return self._take_step("noted", answer=False)

    def _check_noted(self):
        for warning in self:
            if warning._is_drafter():
                raise DrafterReviewError(warning._drafter_message())

    def _answered_text(self):
        return "\n".join(self.mapped("message"))
