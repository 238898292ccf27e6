from dateutil.relativedelta import relativedelta
from odoo import api, fields, models

from ..exceptions import SuspensionEvidenceError, SuspensionStateError

DECIDERS = ("paper_base.group_credit", "paper_base.group_legal", "paper_base.group_management")
# How a suspension goes on: from these states to that one.
STEPS = {
    "noticed": ("draft",),
    "secured": ("noticed",),
    "resumed": ("noticed", "secured"),
    "terminated": ("noticed",),
    "cancelled": ("draft",),
}
STEP_FIELDS = {"state", "notice_date", "notice_by_id", "secured_on", "resumed_on", "terminated_on"}
NOTICE_FIELDS = {"order_id", "ground", "evidence", "document_ids", "held_from", "security_deadline"}


class PaperPerformanceSuspension(models.Model):
    """The mill stops performing a signed contract, because firm evidence shows that the customer will not be able to
    pay (Civil Code, article 527). It tells him at once; when he provides security, it resumes; when he neither
    recovers nor provides it within a reasonable time, it may terminate (article 528). Kept by the credit department
    with legal. States: draft, noticed, secured, resumed, terminated, cancelled.
    """

    _name = "paper.performance.suspension"
    _description = "Suspension of Performance"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _rec_name = "order_id"
    _check_company_auto = True

    order_id = fields.Many2one(
        "sale.order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        domain=[("is_paper_order", "=", True), ("state", "=", "sale")],
        tracking=True,
    )
    company_id = fields.Many2one(related="order_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(
        related="order_id.partner_id.commercial_partner_id", string="Customer", store=True, index=True
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
        readonly=True,
        copy=False,
        index=True,
        tracking=True,
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
    )
    evidence = fields.Text(string="Evidence in Words", help="What shows it, with date and source: what a court could check.")
    document_ids = fields.Many2many(
        "ir.attachment", "paper_performance_suspension_document_rel", string="Evidence Documents", copy=False
    )
    held_from = fields.Date(string="Suspended from", copy=False, default=lambda self: self.env.company._paper_today())
    notice_date = fields.Date(string="Notice Given on", readonly=True, copy=False, tracking=True)
    notice_by_id = fields.Many2one("res.users", string="Notice Given by", readonly=True, copy=False)
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
        string="Security until", copy=False, tracking=True, compute="_compute_security_deadline", store=True, readonly=False
    )
    security = fields.Text(string="Security Provided", help="What the customer provided: a guarantee, a pledge, a payment.")
    secured_on = fields.Date(readonly=True, copy=False)
    resumed_on = fields.Date(readonly=True, copy=False, tracking=True)
    terminated_on = fields.Date(readonly=True, copy=False, tracking=True)
    missing = fields.Text(string="Missing for a Lawful Hold", compute="_compute_missing")
    can_decide = fields.Boolean(compute="_compute_can_decide")

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
        if not (self.evidence or "").strip():
            missing.append(_("the evidence in words"))
        if not self.document_ids:
            missing.append(_("a document that proves it"))
        if not self.security_deadline or self.security_deadline <= self._today():
            missing.append(_("a reasonable time for the customer to provide security"))
        return missing

    @api.depends_context("uid")
    def _compute_can_decide(self):
        self.can_decide = self._may_decide()

    @api.model
    def _may_decide(self):
        return self.env.su or any(self.env.user.has_group(group) for group in DECIDERS)

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
        taken = any((STEP_FIELDS - {"state"}) & vals.keys() or vals.get("state", "draft") != "draft" for vals in vals_list)
        if taken and not self.env.su:
            self._refuse_step()
        suspensions = super().create(vals_list)
        for suspension in suspensions:
            if not suspension.order_id._paper_is_agreed():
                raise SuspensionStateError(
                    self.env._("%(order)s is not signed yet: do not sign it.", order=suspension.order_id.name)
                )
        suspensions._attach_documents()
        return suspensions

    def write(self, vals):
        if not self.env.su:
            if STEP_FIELDS & vals.keys():
                self._refuse_step()
            if NOTICE_FIELDS & vals.keys() and any(suspension.state != "draft" for suspension in self):
                raise SuspensionStateError(self.env._("The notice is given: what it says stays as it was."))
        result = super().write(vals)
        self._attach_documents()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_draft_only(self):
        if any(suspension.state != "draft" for suspension in self):
            raise SuspensionStateError(self.env._("What was told to the customer stays on record."))

    def _refuse_step(self):
        raise SuspensionStateError(self.env._("A suspension goes on by its own steps: notice, security, resume, terminate."))

    def _attach_documents(self):
        """Let whoever may read the suspension read its documents."""
        for suspension in self:
            documents = suspension.document_ids | suspension.notice_proof_ids
            loose = documents.filtered(lambda file: not file.res_id and file.create_uid == self.env.user)
            if loose:
                loose.write({"res_model": self._name, "res_id": suspension.id})

    # Steps

    def _check_step(self, state):
        self.check_access("write")
        if not self._may_decide():
            raise SuspensionStateError(
                self.env._("The credit department, legal or the management decide on a suspension.")
            )
        for suspension in self:
            if suspension.state not in STEPS[state]:
                raise SuspensionStateError(
                    self.env._("%(order)s: this step does not follow where it stands.", order=suspension.order_id.name)
                )

    def _take_step(self, state, **values):
        # sudo: the steps move a suspension, its fields are closed to everybody
        self.sudo().write({"state": state, **values})

    def action_notice(self):
        """Give the customer notice of the suspension: from now on the hold is lawful (articles 527 and 528).

        :raises SuspensionEvidenceError: while ground, evidence, a document or the time to provide security is missing
        """
        self._check_step("noticed")
        for suspension in self:
            missing = suspension._missing_for_notice()
            if missing:
                lines = [self.env._("The hold is not lawful yet. Missing:"), *(f"• {text}" for text in missing)]
                raise SuspensionEvidenceError("\n".join(lines))
        for suspension in self:
            suspension._take_step("noticed", notice_date=suspension._today(), notice_by_id=self.env.uid)
            suspension._keep_notice()
            suspension.activity_schedule(
                "mail.mail_activity_data_todo",
                date_deadline=suspension.security_deadline,
                summary=self.env._("Has the customer provided security?"),
                user_id=self.env.uid,
            )
        return True

    def action_secure(self):
        """Record that the customer provided security: performance resumes (article 528).

        :raises SuspensionEvidenceError: without words on what was provided
        """
        self._check_step("secured")
        for suspension in self:
            if not (suspension.security or "").strip():
                raise SuspensionEvidenceError(self.env._("Say what security the customer provided."))
            suspension._take_step("secured", secured_on=suspension._today())
        return True

    def action_resume(self):
        """Resume performance: the customer provided security, or recovered (article 528)."""
        self._check_step("resumed")
        for suspension in self:
            suspension._take_step("resumed", resumed_on=suspension._today())
        # sudo: what was noted for anybody is done
        self.sudo().activity_ids.unlink()
        return True

    def action_terminate(self):
        """Terminate the contract, because the customer neither recovered nor provided security in time (article 528).

        :raises SuspensionEvidenceError: before the time for the security has passed
        """
        self._check_step("terminated")
        for suspension in self:
            if suspension.security_deadline >= suspension._today():
                raise SuspensionEvidenceError(
                    self.env._(
                        "The customer may provide security until %(date)s. Before that the contract cannot be terminated.",
                        date=suspension.company_id._paper_date(suspension.security_deadline),
                    )
                )
            suspension._take_step("terminated", terminated_on=suspension._today())
        # sudo: what was noted for anybody is done
        self.sudo().activity_ids.unlink()
        return True

    def action_call_off(self):
        """Call off a suspension that was prepared and not told."""
        self._check_step("cancelled")
        self._take_step("cancelled")
        return True
