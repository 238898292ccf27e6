"""A document that moves by steps, with lines and a clock, that exists in the tests of the mechanisms only."""

from odoo import api, fields, models

from ..models.steps.paper_step_mixin import Entering
from ..models.steps.reason import ReasonStep
from .clock_model import add_model

SALES = "paper_base.group_sales"
MANAGEMENT = "paper_base.group_management"


def add_document_models(test_class):
    """Add ``paper.test.document`` and its lines to the registry of a TransactionCase class until its end."""

    class PaperTestDocument(models.Model):
        _name = "paper.test.document"
        _description = "Test Document"
        _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin", "paper.link.mixin"]
        _module = None

        _steps = {
            "draft": {"asked": (SALES,)},
            "asked": {"agreed": (MANAGEMENT,), "draft": (SALES, MANAGEMENT)},
            "agreed": {"done": ()},
            "done": {},
        }
        _step_verbs = {"ask": "asked", "agree": "agreed"}
        _acts = {"remind": (("asked", "agreed"), (SALES, MANAGEMENT)), "read": ((), ())}
        _entering = {
            "asked": Entering(check="_check_asked", by="asked_by_id", on="asked_on", then="_action_asked"),
            "agreed": Entering(values="_prepare_agreed_values"),
        }

        _reason_steps = {
            "action_withdraw": ReasonStep("Withdraw the Document", hint="What has changed", about="_withdrawn_about"),
            "action_note": ReasonStep("Note", arguments=("place",)),
        }

        name = fields.Char(required=True)
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company)
        state = fields.Selection(
            [("draft", "Draft"), ("asked", "Asked"), ("agreed", "Agreed"), ("done", "Done")],
            required=True,
            default="draft",
            by_steps=True,
        )
        made_by_id = fields.Many2one("res.users", by_steps=True, default=lambda self: self.env.user)
        asked_by_id = fields.Many2one("res.users", by_steps=True)
        asked_on = fields.Datetime(by_steps=True)
        agreed_amount = fields.Float(by_steps=True)
        amount = fields.Float(by_hand={"draft": (), "asked": (MANAGEMENT,)})
        customer = fields.Char(by_hand={"new": (SALES,)})
        remark = fields.Char()
        line_ids = fields.One2many("paper.test.document.line", "document_id", by_hand={"draft": ()})
        can_ask = fields.Boolean(compute="_compute_can_steps")
        can_agree = fields.Boolean(compute="_compute_can_steps")
        can_remind = fields.Boolean(compute="_compute_can_steps")
        can_read = fields.Boolean(compute="_compute_can_steps")

        @api.depends("remark")
        def _compute_can_steps(self):
            return super()._compute_can_steps()

        def _act_objection(self, verb):
            if verb == "remind" and self.remark == "reminded":
                return "Reminded already."
            return super()._act_objection(verb)

        def action_remind(self):
            self._check_act("remind")
            self.remark = "reminded"

        def _step_objection(self, state):
            if state == "agreed" and self.asked_by_id == self.env.user:
                return "Somebody else agrees."
            return super()._step_objection(state)

        def _check_asked(self):
            if any(not record.amount for record in self):
                raise self._state_error("No amount.")

        def _action_asked(self):
            self._by_step().write({"line_ids": [fields.Command.create({"name": "asked", "checked": True})]})

        def action_withdraw(self, reason=None):
            if not reason:
                return self._ask_reason("action_withdraw")
            return self._take_step("draft", remark=reason)

        def action_note(self, place, reason):
            self.remark = f"{place}: {reason}"

        def action_other(self, reason=None):
            self.remark = reason

        def _withdrawn_about(self):
            return str(sum(self.mapped("amount")))

        def _prepare_agreed_values(self):
            return {"agreed_amount": self.amount}

    class PaperTestDocumentLine(models.Model):
        _name = "paper.test.document.line"
        _description = "Line of a Test Document"
        _inherit = ["paper.step.mixin"]
        _module = None

        document_id = fields.Many2one("paper.test.document", ondelete="cascade")
        company_id = fields.Many2one("res.company", default=lambda self: self.env.company, by_steps=True)
        name = fields.Char()
        checked = fields.Boolean(by_steps=True)

    class PaperTestDocumentStamp(models.Model):
        _name = "paper.test.document.stamp"
        _description = "Stamp of a Test Document"
        _inherit = ["paper.step.mixin"]
        _module = None

        _all_by_steps = True

        name = fields.Char(required=True)

    add_model(test_class, PaperTestDocumentLine, PaperTestDocument, PaperTestDocumentStamp)
