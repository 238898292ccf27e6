from odoo import Command, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from .paper_contract import SETTLED

_lt = LazyTranslate(__name__)


class PaperContract(models.Model):
    _inherit = "paper.contract"
    _reason_steps = {
        "action_terminate": ReasonStep(
            _lt("End the Contract"), hint=_lt("Why the contract is ended. The reason is kept with your name.")
        )
    }

    # Drafting

    def _prepare_clauses(self):
        """Return the commands that give a draft the clauses of its company and language."""
        self.ensure_one()
        # sudo: sales drafts from texts that legal keeps
        templates = self.env["paper.contract.clause.template"].sudo()._templates_of(self)
        return [Command.clear(), *(Command.create(item._prepare_clause()) for item in templates)]

    def action_refill(self):
        """Take the clauses from the templates again; what was edited in them is lost."""
        self._check_act("edit")
        for contract in self:
            self.env["paper.contract.version"]._keep(contract, "refilled")
            contract.write({"clause_ids": contract._prepare_clauses()})
        return True

    def action_back_to_draft(self):
        """Take the contract back to revise it, as long as nobody has signed it."""
        return self._as_step("draft")

    def action_cancel(self):
        """Give up a contract that is not in force."""
        self._check_sales()
        self._check_state("draft", "review", "reviewed", "sent")
        return self._take_step("cancelled", ended_reason=self.env._("Given up before it was in force."))

    def action_terminate(self, reason=None):
        """End a contract in force, with a reason; the management alone does so.

        The contract stays as it was signed. Its order can then be cancelled. Without a reason, a dialog asks for it.
        """
        self._check_act("terminate")
        if not said(reason):
            self.ensure_one()
            return self._ask_reason("action_terminate")
        return self._take_step("cancelled", ended_reason=said(reason))

    def action_view_order(self):
        """Open the order of the contract."""
        return self.order_id._get_records_action()

    def action_preview(self):
        """Show the contract as its customer sees it."""
        self.ensure_one()
        self._check_act("preview")
        return {"type": "ir.actions.act_url", "url": self.get_portal_url(), "target": "self"}

    def _open_action(self):
        """Return the action that opens the contract, as a blocker offers it."""
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def _log(self, text, author=None):
        """Post a note in the name of the user who did it, or of ``author``."""
        # sudo: legal and customers act on contracts that they may only read
        self.sudo()._message_log(body=text, author_id=(author or self.env.user.partner_id).id)

    def _prepare_draft_values(self):
        return {"reviewed_digest": False, "sent_with_blanks": False, "issued_id": False}

    def _action_draft(self):
        """Take back what was done for the version that nobody signs any more. Override to do more."""
        # sudo: the open round belongs to legal, and links already sent die
        contracts = self.sudo()
        contracts.review_ids._withdraw()
        contracts._link_revoke()
        contracts.clause_ids._by_step().write({"frozen_text": False})
        # A sealed paper of another version is worth nothing.
        recorded = contracts.signature_ids.filtered(lambda item: item.state == "recorded")
        if recorded:
            recorded._follow_to("refused", refused_reason=self.env._("The contract was taken back to draft."))

    def _action_cancelled(self):
        """End everything that goes with the contracts. Override to do more."""
        # The index that allows one open contract an order must see the end before the next draft.
        self.flush_recordset(["state"])
        # sudo: rounds, copies, register and supplements end with the contract, whoever ends it
        contracts = self.sudo()
        contracts.review_ids._withdraw()
        contracts._link_revoke()
        for contract in self:
            contract._log(self.env._("Contract ended: %(reason)s", reason=contract.sudo().ended_reason))
        contracts.copy_ids._end()
        for contract in contracts.filtered("in_force_on"):
            self.env["paper.contract.register"]._enter(contract, "ended")
        for contract in contracts:
            waiting = contract.supplement_ids.filtered(lambda rec: rec.state not in SETTLED)
            if waiting:
                waiting._follow_to(
                    "cancelled", ended_reason=self.env._("Contract %(contract)s has ended.", contract=contract.name)
                )
