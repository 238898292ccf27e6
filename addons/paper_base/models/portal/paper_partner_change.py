from odoo import api, fields, models
from odoo.tools import LazyTranslate

from ...exceptions import PartnerChangeError, PartnerChangeRightError
from ...lib.words import said
from ..steps.paper_step_mixin import Entering
from ..steps.reason import ReasonStep

_lt = LazyTranslate(__name__)

SALES, MANAGEMENT = "paper_base.group_sales", "paper_base.group_management"
STATES = [("asked", "Asked for"), ("approved", "Approved"), ("refused", "Refused")]


class PaperPartnerChange(models.Model):
    """A change of name, address or e-mail that a customer asked for in the portal or the shop, and that would alter what
    orders and contracts rely on. Sales approve it, which writes it to the contact, or refuse it with a reason; the
    customer is told. It is kept either way."""

    _name = "paper.partner.change"
    _description = "Change Asked for by a Customer"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _rec_name = "partner_id"

    _steps = {"asked": {"approved": (SALES, MANAGEMENT), "refused": (SALES, MANAGEMENT)}, "approved": {}, "refused": {}}
    _step_verbs = {"approve": "approved", "refuse": "refused"}
    _entering = {
        "approved": Entering(by="decided_by_id", on="decided_on", then="_action_approved"),
        "refused": Entering(by="decided_by_id", on="decided_on", then="_tell_customer"),
    }
    _reason_steps = {
        "action_refuse": ReasonStep(_lt("Refuse the Change"), hint=_lt("Why it is not changed. The customer reads it."))
    }
    _evidence_states = ("asked", "approved", "refused")
    _all_by_steps = True
    _state_error = PartnerChangeError
    _right_error = PartnerChangeRightError
    _field_error = PartnerChangeError
    _locked_error = PartnerChangeError

    partner_id = fields.Many2one("res.partner", string="Contact", required=True, index=True, ondelete="restrict")
    customer_id = fields.Many2one(
        "res.partner", string="Customer", related="partner_id.commercial_partner_id", store=True, index=True
    )
    company_id = fields.Many2one("res.company", required=True, index=True)
    asked_by_id = fields.Many2one("res.partner", string="Asked by", required=True, index=True, ondelete="restrict")
    # Values as they are written, and those that they replace: kept as they were when it was asked for.
    new_values = fields.Json(required=True)
    old_values = fields.Json(required=True)
    change_text = fields.Text(string="Change", compute="_compute_change_text")
    state = fields.Selection(STATES, required=True, default="asked", tracking=True, index=True)
    decided_by_id = fields.Many2one("res.users", string="Decided by")
    decided_on = fields.Datetime(string="Decided on")
    reason = fields.Text(string="Reason of the Refusal")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_refuse = fields.Boolean(compute="_compute_can_steps")

    @api.depends("new_values", "old_values")
    @api.depends_context("lang")
    def _compute_change_text(self):
        for change in self:
            change.change_text = "\n".join(change._change_lines())

    def _change_lines(self):
        self.ensure_one()
        fields_ = self.env["res.partner"]._fields
        lines = []
        for name, new in (self.new_values or {}).items():
            old = (self.old_values or {}).get(name)
            label, before, after = fields_[name]._description_string(self.env), self._words(name, old), self._words(name, new)
            lines.append(self.env._("%(name)s: %(old)s → %(new)s", name=label, old=before, new=after))
        return lines

    def _words(self, name, value):
        """Return a value of a partner's field in the reader's language."""
        field = self.env["res.partner"]._fields[name]
        if field.type == "boolean":
            return self.env._("in use") if value else self.env._("archived")
        if not value:
            return "—"
        if field.type == "many2one":
            # sudo: the name alone, for whoever may read the request
            return self.env[field.comodel_name].sudo().browse(value).display_name
        if field.type == "selection":
            return dict(field._description_selection(self.env)).get(value, value)
        return str(value)

    # Asked for

    @api.model
    def _ask(self, partner, values):
        """Keep what a customer asks to change, and put it before sales; the same thing asked twice is kept once."""
        waiting = self.search([("partner_id", "=", partner.id), ("state", "=", "asked")])
        if same := waiting.filtered(lambda change: change.new_values == values)[:1]:
            return same
        user = self.env.user
        own = partner.commercial_partner_id
        change = self._by_step().create(
            {
                "partner_id": partner.id,
                "company_id": (partner.company_id or self.env.company).id,
                "asked_by_id": (own if user._is_public() else user.partner_id).id,
                "new_values": values,
                "old_values": {name: partner._fields[name].convert_to_write(partner[name], partner) for name in values},
            }
        )
        change.company_id._paper_tell(
            (partner.user_id or own.user_id, SALES),
            change,
            lambda rec: rec.env._("Change asked for by %(customer)s", customer=rec.customer_id.name),
            note=lambda rec: rec.change_text,
        )
        return change

    # Decided

    def action_approve(self):
        """Write the change to the contact, and tell the customer."""
        return self._take_step("approved")

    def action_refuse(self, reason=None):
        """Leave the contact as it is, and tell the customer why."""
        if not said(reason):
            self._check_step("refused")
            return self.env["paper.reason.wizard"]._ask(self, "action_refuse")
        return self._take_step("refused", reason=said(reason))

    def _action_approved(self):
        for change in self:
            # sudo: sales decide on it, whoever of them may write on contacts
            change.partner_id.sudo().write(change.new_values)
        self._tell_customer()

    def _tell_customer(self):
        def subject(change):
            told = {"approved": change.env._("Your change is made"), "refused": change.env._("Your change is not made")}
            return told[change.state]

        def body(change):
            return change.env["ir.qweb"]._render("paper_base.partner_change_letter", {"change": change})

        for change in self.sudo():  # sudo: the letter is the same whoever decided
            change.company_id._paper_send(change.asked_by_id, change, subject, body)
