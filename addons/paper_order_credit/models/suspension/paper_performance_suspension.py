from dateutil.relativedelta import relativedelta
from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import SuspensionEvidenceError, SuspensionStateError

DECIDERS = ("paper_base.group_credit", "paper_base.group_legal", "paper_base.group_management")
# What the customer is told stays as it was told.
UNTOLD = {"draft": ()}


class PaperPerformanceSuspension(models.Model):
    """The mill stops performing a signed contract, because firm evidence shows that the customer will not be able to
    pay (Civil Code, article 527). It tells him at once; when he provides security, it resumes; when he neither
    recovers nor provides it within a reasonable time, it may terminate (article 528). Kept by the credit department
    with legal. States: draft, noticed, secured, resumed, terminated, cancelled.
    """

    _name = "paper.performance.suspension"
    _description = "Suspension of Performance"
    _inherit = ["mail.thread", "mail.activity.mixin", "paper.step.mixin"]
    _order = "id desc"
    _rec_name = "order_id"
    _check_company_auto = True

    _steps = {
        "draft": {"noticed": DECIDERS, "cancelled": DECIDERS},
        "noticed": {"secured": DECIDERS, "resumed": DECIDERS, "terminated": DECIDERS},
        "secured": {"resumed": DECIDERS},
        "resumed": {},
        "terminated": {},
        "cancelled": {},
    }
    _step_verbs = {
        "notice": "noticed",
        "secure": "secured",
        "resume": "resumed",
        "terminate": "terminated",
        "call_off": "cancelled",
    }
    _entering = {
        "noticed": Entering(
            check="_check_noticed", values="_prepare_noticed_values", then="_action_noticed", by="notice_by_id"
        ),
        "secured": Entering(check="_check_secured", values="_prepare_secured_values"),
        "resumed": Entering(values="_prepare_resumed_values"),
        "terminated": Entering(check="_check_terminated", values="_prepare_terminated_values"),
    }
    _state_error = SuspensionStateError
    _right_error = SuspensionStateError
    _field_error = SuspensionStateError
    _locked_error = SuspensionStateError

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("is_paper_order", "=", True), ("state", "=", "sale")],
        tracking=True,
        by_hand=UNTOLD,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True, by_steps=True)
    partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id", string="Customer", store=True, index=True, by_steps=True
    )
    state = fields.Selection(
        [
            ("draft", "In Preparation"),
            ("noticed", "Notice Given"),
            ("secured", "Security Provided"),
            ("resumed", "Resumed"),
            ("terminated", "Terminated"),
            ("cancelled", "Called Off"),
        ],
        required=True,
        default="draft",
        index=True,
        tracking=True,
        by_steps=True,
    )
    ground = fields.Selection(
        [
            ("business", "Business has seriously deteriorated"),
            ("assets", "Assets moved away or capital withdrawn to evade debts"),
            ("reputation", "Commercial reputation lost"),
            ("ability", "Ability to perform lost, or possibly lost, in another way"),
        ],
        string="Ground (Article 527)",
        tracking=True,
        by_hand=UNTOLD,
    )
    evidence = fields.Text(
        string="Evidence in Words",
        by_hand=UNTOLD,
        help="What shows it, with date and source: what a court could check.",
    )
    document_ids = fields.Many2many(
        "ir.attachment",
        "paper_performance_suspension_document_rel",
        string="Evidence Documents",
        copy=False,
        by_hand=UNTOLD,
    )
    held_from = fields.Date(
        string="Suspended from", copy=False, default=lambda self: self.env.company._paper_today(), by_hand=UNTOLD
    )
    notice_date = fields.Date(string="Notice Given on", by_steps=True, tracking=True)
    notice_by_id = fields.Many2one("res.users", string="Notice Given by", by_steps=True)
    notice_method = fields.Selection(
        [
            ("email", "E-mail"),
            ("post", "Registered Post or Courier"),
            ("hand", "By Hand"),
            ("portal", "As Agreed in the Contract"),
        ],
        string="Notice Given by Means of",
        default="post",
    )
    notice_proof_ids = fields.Many2many(
        "ir.attachment", "paper_performance_suspension_proof_rel", string="Proof of Delivery of the Notice", copy=False
    )
    security_deadline = fields.Date(
        string="Security until",
        copy=False,
        tracking=True,
        compute="_compute_security_deadline",
        store=True,
        readonly=False,
        by_hand=UNTOLD,
    )
    security = fields.Text(string="Security Provided", help="What the customer provided: a guarantee, a pledge, a payment.")
    secured_on = fields.Date(by_steps=True)
    resumed_on = fields.Date(by_steps=True, tracking=True)
    terminated_on = fields.Date(by_steps=True, tracking=True)
    missing = fields.Text(string="Missing for a Lawful Hold", compute="_compute_missing")
    can_notice = fields.Boolean(compute="_compute_can_steps")
    can_secure = fields.Boolean(compute="_compute_can_steps")
    can_resume = fields.Boolean(compute="_compute_can_steps")
    can_terminate = fields.Boolean(compute="_compute_can_steps")
    can_call_off = fields.Boolean(compute="_compute_can_steps")

    _order_open_uniq = models.UniqueIndex(
        "(order_id) WHERE state IN ('draft', 'noticed')", "This order is being suspended already."
    )
    _deadline_idx = models.Index("(security_deadline) WHERE state = 'noticed'")

    @api.depends("held_from", "company_id")
    def _compute_security_deadline(self):
        for suspension in self:
            company = suspension.company_id or self.env.company
            start = suspension.held_from or company._paper_today()
            suspension.security_deadline = start + relativedelta(days=company.paper_security_days)

    @api.depends("ground", "evidence", "document_ids", "security_deadline", "state")
    @api.depends_context("lang")
    def _compute_missing(self):
        for suspension in self:
            missing = suspension._missing_for_notice() if suspension.state == "draft" else []
            suspension.missing = "\n".join(missing)

    def _missing_for_notice(self):
        """Return in words what the law asks for and is not there yet (Civil Code, articles 527 and 528)."""
        self.ensure_one()
        _ = self.env._
        missing = []
        if not self.ground:
            missing.append(_("the ground: which of the cases of article 527"))
        if not said(self.evidence):
            missing.append(_("the evidence in words"))
        if not self.document_ids:
            missing.append(_("a document that proves it"))
        if not self.security_deadline or self.security_deadline <= self._today():
            missing.append(_("a reasonable time for the customer to provide security"))
        return missing

    def _today(self):
        return (self.company_id or self.env.company)._paper_today()

    def _is_secured(self):
        """Say whether the customer provided security, so that the mill has to perform."""
        return bool(self and self.state in ("secured", "resumed") and self.secured_on)

    def _hold_sentence(self):
        self.ensure_one()
        return self.env._(
            "Performance is suspended since %(date)s (Civil Code, articles 527 and 528). The customer may provide security"
            " until %(deadline)s.",
            date=self.company_id._paper_date(self.notice_date),
            deadline=self.company_id._paper_date(self.security_deadline),
        )

    def _open_action(self):
        """Return the action that opens the suspension."""
        self.ensure_one()
        return self._get_records_action(name=self.env._("Suspension of Performance"))

    # What was told stays as it was

    @api.model_create_multi
    def create(self, vals_list):
        suspensions = super().create(vals_list)
        for suspension in suspensions:
            if not suspension.order_id._paper_is_agreed():
                raise SuspensionStateError(
                    self.env._("%(order)s is not signed yet: do not sign it.", order=suspension.order_id.name)
                )
        suspensions._attach_documents()
        return suspensions

    def write(self, vals):
        result = super().write(vals)
        self._attach_documents()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(suspension.state != "draft" for suspension in self):
            raise SuspensionStateError(self.env._("What was told to the customer stays on record."))

    def _attach_documents(self):
        """Let whoever may read the suspension read its documents."""
        for suspension in self:
            documents = suspension.document_ids | suspension.notice_proof_ids
            loose = documents.filtered(lambda file: not file.res_id and file.create_uid == self.env.user)
            if loose:
                loose.write({"res_model": self._name, "res_id": suspension.id})

    # Steps

    def _as_step(self, state):
        self.check_access("write")
        return self._take_step(state)

    def action_notice(self):
        """Give the customer notice of the suspension: from now on the hold is lawful (articles 527 and 528).

        :raises SuspensionEvidenceError: while ground, evidence, a document or the time to provide security is missing
        """
        return self._as_step("noticed")

    def action_secure(self):
        """Record that the customer provided security: performance resumes (article 528).

        :raises SuspensionEvidenceError: without words on what was provided
        """
        return self._as_step("secured")

    def action_resume(self):
        """Resume performance: the customer provided security, or recovered (article 528)."""
        return self._as_step("resumed")

    def action_terminate(self):
        """Terminate the contract, because the customer neither recovered nor provided security in time (article 528).

        :raises SuspensionEvidenceError: before the time for the security has passed
        """
        return self._as_step("terminated")

    def action_call_off(self):
        """Call off a suspension that was prepared and not told."""
        return self._as_step("cancelled")

    def _check_noticed(self):
        for suspension in self:
            missing = suspension._missing_for_notice()
            if missing:
                lines = [self.env._("The hold is not lawful yet. Missing:"), *(f"• {text}" for text in missing)]
                raise SuspensionEvidenceError("\n".join(lines))

    def _prepare_noticed_values(self):
        return {"notice_date": self._today()}

    def _action_noticed(self):
        """Keep the notice as it was given, and have its sender look after the security. Override to do more."""
        for suspension in self:
            suspension._keep_notice()
            # It ends as the suspension goes on.
            suspension.company_id._paper_tell(
                (self.env.user, *DECIDERS),
                suspension,
                lambda rec: rec.env._("Has the customer provided security?"),
                deadline=suspension.security_deadline,
            )

    def _check_secured(self):
        if not all(said(suspension.security) for suspension in self):
            raise SuspensionEvidenceError(self.env._("Say what security the customer provided."))

    def _prepare_secured_values(self):
        return {"secured_on": self._today()}

    def _prepare_resumed_values(self):
        return {"resumed_on": self._today()}

    def _check_terminated(self):
        for suspension in self:
            if suspension.security_deadline >= suspension._today():
                raise SuspensionEvidenceError(
                    self.env._(
                        "The customer may provide security until %(date)s. Before that the contract cannot be terminated.",
                        date=suspension.company_id._paper_date(suspension.security_deadline),
                    )
                )

    def _prepare_terminated_values(self):
        return {"terminated_on": self._today()}

    # The notice: printed in the customer's language, kept as it was given, sent

    def _keep_notice(self):
        """Print the notice in the customer's language and keep it with the record."""
        self.ensure_one()
        report = self.env.ref("paper_order_credit.action_report_suspension")
        # sudo: the report reads order and company, that legal may not open
        content, kind = report.sudo()._render_qweb_pdf(report.report_name, self.ids)
        name = self.env._("Notice of suspension %(order)s", order=self.order_id.name.replace("/", "-"))
        self.message_post(
            body=self.env._("The notice of suspension as it was given."), attachments=[(f"{name}.{kind}", content)]
        )

    def action_print_notice(self):
        """Print the notice, as a draft before it is given."""
        return self.env.ref("paper_order_credit.action_report_suspension").report_action(self)

    def action_send_notice(self):
        """Open the e-mail that carries the notice to the customer."""
        self.ensure_one()
        self._check_sendable()
        template = self.env.ref("paper_order_credit.mail_template_suspension")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Send the Notice"),
            "res_model": "mail.compose.message",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_model": self._name,
                "default_res_ids": self.ids,
                "default_template_id": template.id,
                "default_composition_mode": "comment",
            },
        }

    def _check_sendable(self):
        self.check_access("write")
        if self.state != "noticed":
            raise SuspensionStateError(self.env._("Give the notice first."))
