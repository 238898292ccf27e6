from odoo import Command, fields, models
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

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
        self._check_sales()
        self._check_state("draft")
        for contract in self:
            self.env["paper.contract.version"]._keep(contract, "refilled")
            contract.write({"clause_ids": contract._prepare_clauses()})
        return True

    def action_back_to_draft(self):
        """Take the contract back to revise it, as long as nobody has signed it."""
        self._check_sales()
        self._check_state("review", "reviewed", "sent")
        self._check_unsigned()
        self._return_to_draft()
        return True

    def action_cancel(self):
        """Give up a contract that is not in force."""
        self._check_sales()
        self._check_state("draft", "review", "reviewed", "sent")
        self._cancel(self.env._("Given up before it was in force."))
        return True

    def action_terminate(self, reason=None):
        """End a contract in force, with a reason; the management alone does so.

        The contract stays as it was signed. Its order can then be cancelled. Without a reason, a dialog asks for it.
        """
        self._check_department("paper_base.group_management")
        self.check_access("read")
        self._check_state("in_force")
        if not (reason or "").strip():
            self.ensure_one()
            return self.env["paper.reason.wizard"]._ask(self, "action_terminate")
        self._cancel(reason.strip())
        return True

    def action_view_order(self):
        """Open the order of the contract."""
        return self.order_id._get_records_action()

    def action_preview(self):
        """Show the contract as its customer sees it."""
        self.ensure_one()
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

    def _cancel(self, reason):
        # sudo: the open round belongs to legal
        self.sudo().review_ids._withdraw()
        self._set(
            {
                "state": "cancelled",
                "ended_on": fields.Datetime.now(),
                "ended_by_id": self.env.uid,
                "ended_reason": reason,
                "sign_token": False,
                "sign_token_expires": False,
            }
        )
        # The index that allows one open contract an order must see the end before the next draft.
        self.flush_recordset(["state"])
        # sudo: the activities of other departments end with the contract
        self.sudo().activity_unlink(["mail.mail_activity_data_todo"])
        for contract in self:
            contract._log(self.env._("Contract ended: %(reason)s", reason=reason))

    def _log(self, text, author=None):
        """Post a note in the name of the user who did it, or of ``author``."""
        # sudo: legal and customers act on contracts that they may only read
        self.sudo().message_post(body=text, author_id=(author or self.env.user.partner_id).id)

    def _return_to_draft(self):
        # sudo: the open round belongs to legal, and links already sent die
        contracts = self.sudo()
        contracts.review_ids._withdraw()
        contracts.write(
            {
                "state": "draft",
                "reviewed_digest": False,
                "sent_with_blanks": False,
                "issued_id": False,
                "sign_token": False,
                "sign_token_expires": False,
            }
        )
        contracts.access_token = False
        contracts.clause_ids.write({"frozen_text": False})
