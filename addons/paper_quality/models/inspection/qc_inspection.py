from odoo import api, fields, models
from odoo.addons.paper_base.models.steps.paper_step_mixin import Entering

from ...exceptions import (
    CorrectionMissingError,
    InspectionClosedError,
    InspectionEmptyError,
    InspectionIncompleteError,
    InspectionRightError,
    InspectionStateError,
    NothingMadeError,
)

QUALITY = ("quality_control_oca.group_quality_control_user",)
# Whoever inspects alone finds the second pair of eyes in the management.
APPROVERS = (*QUALITY, "paper_base.group_management")
CLOSED = ("waiting", "success", "failed")
# What an inspection speaks of stays once its answers are confirmed.
OPEN = dict.fromkeys(("plan", "draft", "ready", "canceled"), ())

# What the second inspection of the same thing takes over from the first.
SUBJECT = (
    "production_id", "lot_id", "picking_id", "paper_spec_id", "company_id", "test", "control_point_id", "workorder_id"
)  # fmt: skip
# What an inspection from quarantine speaks of.
HELD = ("lot_id", "qty", "object_id", "picking_id", "production_id", "company_id")
# The system makes inspections in great number.
QUIET = {"tracking_disable": True, "mail_create_nosubscribe": True, "mail_create_nolog": True}


class QcInspection(models.Model):
    """An inspection of paper or of what paper is made of: at goods-in, during production or of the finished
    goods (R5.3.2, R6.1.1). A final inspection is made for each manufacturing order of a paper product when it
    is confirmed; the quality department fills in the answers and confirms. What fails waits for the approval
    of the result, and becomes a nonconformity.
    """

    _name = "qc.inspection"
    _inherit = ["qc.inspection", "paper.step.mixin"]
    _check_company_auto = True

    # What was found stays found: nothing follows a result.
    _steps = {
        "plan": {"draft": QUALITY, "ready": QUALITY, "canceled": QUALITY},
        "draft": {"plan": QUALITY, "ready": QUALITY, "canceled": QUALITY},
        "ready": {"waiting": QUALITY, "success": QUALITY, "canceled": QUALITY},
        "waiting": {"success": APPROVERS, "failed": APPROVERS},
        "success": {},
        "failed": {},
        "canceled": {"draft": QUALITY},
    }
    _step_verbs = {
        "draft": "draft", "todo": "ready", "confirm": "waiting", "approve": "failed", "cancel": "canceled"
    }
    _acts = {
        "make_nonconformity": (("waiting",), QUALITY),
        "inspect_again": (("failed",), QUALITY),
        # Of whom it is asked by others: see _certificate_problem.
        "print_certificate": ((), ()),
    }
    _entering = {
        "waiting": Entering(check="_check_confirmed", values="_prepare_confirmed_values"),
        "success": Entering(check="_check_confirmed", values="_prepare_confirmed_values"),
        "failed": Entering(check="_check_confirmed", then="_action_failed"),
    }
    _evidence_states = ("waiting", "success", "failed", "canceled")
    _state_error = InspectionStateError
    _right_error = InspectionRightError
    _field_error = InspectionStateError
    _locked_error = InspectionClosedError

    name = fields.Char(by_hand={"new": ()})
    kind = fields.Selection(
        [("receipt", "Goods-in"), ("process", "In Process"), ("final", "Final"), ("entry", "From Quarantine")],
        index=True,
        tracking=True,
        by_hand=OPEN,
    )
    production_id = fields.Many2one(
        "mrp.production",
        string="Manufacturing Order",
        index="btree_not_null",
        check_company=True,
        copy=False,
        by_hand=OPEN,
    )
    lot_id = fields.Many2one(
        "stock.lot", string="Lot", index="btree_not_null", check_company=True, copy=False, by_hand=OPEN
    )
    picking_id = fields.Many2one(
        "stock.picking", string="Transfer", index="btree_not_null", check_company=True, copy=False, by_hand=OPEN
    )
    paper_spec_id = fields.Many2one(
        "paper.spec",
        string="Specification",
        index="btree_not_null",
        check_company=True,
        ondelete="restrict",
        by_hand=OPEN,
    )
    object_id = fields.Reference(by_hand=OPEN)
    company_id = fields.Many2one(index=True, by_hand=OPEN)
    # The words of the mill for what the inherited record calls otherwise.
    state = fields.Selection(
        selection_add=[
            ("plan", "Planned"),
            ("draft", "Draft"),
            ("ready", "To Inspect"),
            ("waiting", "Waiting for Approval"),
            ("success", "Passed"),
            ("failed", "Failed"),
            ("canceled", "Cancelled"),
        ],
        by_steps=True,
    )
    date = fields.Datetime(string="Due")
    date_done = fields.Datetime(string="Inspected on", by_steps=True)
    test = fields.Many2one(string="Test", check_company=True, by_hand=OPEN)
    user = fields.Many2one(string="Responsible")
    qty = fields.Float(
        string="Quantity",
        help="Of a confirmed final inspection: what was made when it was inspected. No more may enter stock.",
        by_hand=OPEN,
    )
    success = fields.Boolean(string="Keeps to All Limits", help="Every question is answered and right.", by_steps=True)
    auto_generated = fields.Boolean(string="Made Automatically", by_steps=True)
    inspector_id = fields.Many2one("res.users", string="Inspected by", by_steps=True)
    approver_id = fields.Many2one("res.users", string="Result Approved by", by_steps=True)
    nonconformity_ids = fields.One2many("mgmtsystem.nonconformity", "inspection_id", string="Nonconformities")
    nonconformity_count = fields.Integer(compute="_compute_nonconformity_count")
    can_draft = fields.Boolean(compute="_compute_can_steps")
    can_todo = fields.Boolean(compute="_compute_can_steps")
    can_confirm = fields.Boolean(compute="_compute_can_steps")
    can_approve = fields.Boolean(compute="_compute_can_steps")
    can_cancel = fields.Boolean(compute="_compute_can_steps")
    can_make_nonconformity = fields.Boolean(compute="_compute_can_steps")
    can_inspect_again = fields.Boolean(compute="_compute_can_steps")
    can_print_certificate = fields.Boolean(compute="_compute_can_steps")

    _state_kind = models.Index("(state, kind)")

    @api.depends("nonconformity_ids", "kind", "production_id")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        # sudo: only that there is one is asked
        if verb == "make_nonconformity" and self.sudo().nonconformity_ids:
            return self.env._("%(name)s has its nonconformity already.", name=self.name)
        if verb == "print_certificate":
            return self._certificate_problem()
        return super()._act_objection(verb)

    @api.depends("inspection_lines", "inspection_lines.success", "sample_ids.verdict")
    def _compute_success(self):
        result = super()._compute_success()
        # An inspection that asks nothing has found nothing.
        self.filtered(lambda inspection: not inspection.inspection_lines or inspection._is_lot_rejected()).success = False
        return result

    @api.depends("production_id", "lot_id")
    def _compute_product_id(self):
        result = super()._compute_product_id()
        for inspection in self.filtered(lambda rec: not rec.product_id):
            inspection.product_id = inspection.production_id.product_id or inspection.lot_id.product_id
        return result

    @api.depends("nonconformity_ids")
    def _compute_nonconformity_count(self):
        for inspection in self:
            inspection.nonconformity_count = len(inspection.nonconformity_ids)

    @api.model
    def object_selection_values(self):
        # The module's labels are in English; the models' names are translated.
        return [(model, self.env["ir.model"]._get(model).name) for model, _label in super().object_selection_values()]

    # What may be changed by whom

    @api.model_create_multi
    def create(self, vals_list):
        inspections = super().create(vals_list)
        if not self._is_step():
            inspections._check_not_final()
        inspections._judged_lots()._follow_verdict()
        return inspections

    def write(self, vals):
        hand = "kind" in vals and not self._is_step()
        if hand:
            self.filtered(lambda rec: rec.kind != vals["kind"])._check_not_final()
        result = super().write(vals)
        if hand and vals["kind"] in ("final", "entry"):
            self._check_not_final()
        if "lot_units" in vals:
            self._take_samples_anew()
        if vals.keys() & {"state", "lot_id", "production_id"}:
            self._judged_lots()._follow_verdict()
        return result

    def _judged_lots(self):
        """Return the lots whose verdict these inspections may be: their own, and those of the orders that they judge."""
        finals = self.sudo()  # sudo: the rule is the same whatever the inspector may read
        made = finals.filtered(lambda rec: rec.kind == "final").production_id
        return finals.lot_id | made.lot_producing_ids | made.move_finished_ids.move_line_ids.lot_id

    @api.model
    def _is_hand_allowed(self, name, record):
        # What a final inspection speaks of follows from its manufacturing order.
        if name in (*SUBJECT, "object_id") and record and record.kind == "final":
            return False
        # What lies in quarantine is what the inspection speaks of, and how much of it.
        if name in HELD and record and record.kind == "entry":
            return False
        return super()._is_hand_allowed(name, record)

    def _check_not_final(self):
        if "entry" in self.mapped("kind"):
            raise InspectionStateError(
                self.env._("An inspection from quarantine is made when the goods get there, or on their lot, not by hand.")
            )
        if "final" in self.mapped("kind"):
            raise InspectionStateError(
                self.env._("A final inspection is made with its manufacturing order, not by hand.")
            )

    def _refused_hand_message(self, names):
        if self and self._is_closed() and self._by_hand(names[0]):
            return self.env._("The inspection %(name)s is confirmed: what it speaks of stays.", name=self[:1].name)
        if self and "final" in self.mapped("kind") and set(names) & {*SUBJECT, "object_id"}:
            return self.env._("What a final inspection speaks of follows from its manufacturing order.")
        if not self._by_hand(names[0]):
            return self.env._("State and result of an inspection follow from its steps: confirm, approve or cancel it.")
        return super()._refused_hand_message(names)

    def _is_closed(self):
        self.ensure_one()
        return self.state in CLOSED

    def _check_confirmed(self):
        self._check_answered()
        self.filtered(lambda rec: not rec._is_closed())._check_made()

    def _prepare_confirmed_values(self):
        # What was made when it was confirmed: no more may enter stock.
        if self.kind == "final" and not self.lot_id and not self._is_closed():
            return {"qty": self.production_id._paper_made() or self.qty}
        return {}

    def _check_answered(self):
        for inspection in self:
            if not inspection.inspection_lines:
                raise InspectionEmptyError(
                    self.env._("The inspection %(name)s asks nothing, so nothing can pass it.", name=inspection.name)
                )
            left = inspection.inspection_lines.filtered(lambda line: not line._is_answered())
            if left:
                raise InspectionIncompleteError(
                    self.env._(
                        "The inspection %(name)s lacks: %(questions)s.",
                        name=inspection.name,
                        questions=", ".join(left.mapped("paper_question")),
                    )
                )
            inspection.inspection_lines._check_possible()
        self._check_readings()
        self._check_sampled()

    def _check_made(self):
        """Refuse a verdict on paper that is not there yet (R6.1.1).

        :raises NothingMadeError: naming the inspection and its order
        """
        for inspection in self.filtered(lambda rec: rec.kind == "final" and rec.production_id):
            if not inspection.production_id._paper_made():
                raise NothingMadeError(
                    self.env._(
                        "%(production)s has made nothing yet that %(name)s could judge. First the workshop finishes its "
                        "work orders, or enters the quantity made.",
                        production=inspection.production_id.name,
                        name=inspection.name,
                    ),
                    action=self.env["paper.way.out"]._lead_to(inspection.production_id),
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_autogenerated_and_non_draft(self):
        # one by one: the inherited rule knows a single record only
        return [super(QcInspection, rec)._unlink_except_autogenerated_and_non_draft() for rec in self]

    # Steps

    # OCA's steps write what only steps write.

    def action_draft(self):
        """Take a cancelled inspection up again."""
        return super(QcInspection, self._stepping("draft")).action_draft()

    def action_todo(self):
        """Hand the inspection to the laboratory."""
        return super(QcInspection, self._stepping("ready")).action_todo()

    def action_cancel(self):
        """Give an inspection up that has no result yet."""
        return super(QcInspection, self._stepping("canceled")).action_cancel()

    def _make_inspection(self, object_ref, trigger_line, date=None):
        return super(QcInspection, self._by_step())._make_inspection(object_ref, trigger_line, date)

    def action_confirm(self):
        """Confirm the answers: what keeps to all limits has passed, the rest waits for approval (R6.1.1).

        :raises InspectionEmptyError, InspectionIncompleteError: if something was not inspected
        """
        self.check_access("write")
        inspections = self.sudo()  # sudo: a verdict looks at what was made, whatever of it the inspector may read
        inspections._check_confirmed()
        for success, found in inspections.grouped("success").items():
            found._take_step("success" if success else "waiting", inspector_id=self.env.uid)
        inspections._action_confirmed()
        return True

    def action_approve(self):
        """Approve the result of the inspections that did not keep to the limits (R5.3.2).

        :raises InspectionStateError: for an inspection whose answers are not confirmed
        """
        self.check_access("read")
        if not self._is_one_of(APPROVERS):
            raise InspectionRightError(
                self.env._("This step belongs to: %(departments)s.", departments=self._group_names(APPROVERS))
            )
        # sudo: see action_confirm
        waiting = self.sudo().filtered(lambda rec: rec.state != "success")
        for inspection in waiting.filtered(lambda rec: rec.state != "waiting"):
            raise InspectionStateError(
                self.env._("Confirm the answers of the inspection %(name)s first.", name=inspection.name)
            )
        for success, inspections in waiting.grouped("success").items():
            inspections._take_step("success" if success else "failed", approver_id=self.env.uid)
        return True

    def _stepping(self, state):
        """Return the inspections in the environment that takes them to ``state``, after checking that the user may."""
        self.check_access("write")
        self._check_step(state)
        return self.sudo()._by_step()  # sudo: the step was checked, what it writes is nobody's

    def _cancel_open(self):
        """Give up what has no result yet, because what it was to speak of is no more; whoever brought that about."""
        # sudo: not the inspector's step but a consequence
        inspections = self.sudo().filtered(lambda rec: not rec._is_closed())
        inspections._by_step().write({"state": "canceled"})

    def _action_confirmed(self):
        """Note what follows from confirmed answers. Override to do more."""
        self._note_sampled()
        self._chart_confirmed()
        self._put_away_released()

    def _action_failed(self):
        """Open a nonconformity for what failed. Override to do more."""
        self._make_nonconformities()

    # Nonconformity

    def action_make_nonconformity(self):
        """Record what does not conform, so that cause and corrective action are found (R5.3.2)."""
        self.check_access("write")
        self._check_act("make_nonconformity")
        # sudo: an inspector opens the record whoever keeps the management system
        return self.sudo()._make_nonconformities().sudo(False)._get_records_action()

    def _make_nonconformities(self):
        missing = self.filtered(lambda rec: rec.state in ("waiting", "failed") and not rec.nonconformity_ids)
        made = self.env["mgmtsystem.nonconformity"].create([rec._prepare_nonconformity() for rec in missing])
        return made or self.nonconformity_ids

    def _prepare_nonconformity(self):
        self.ensure_one()
        wrong = self.inspection_lines.filtered(lambda line: not line.success)
        partner = self.paper_spec_id.partner_id or self.company_id.partner_id or self.env.company.partner_id
        user = self.approver_id or self.env.user
        return {
            "name": self.env._("%(product)s: inspection %(name)s failed", product=self.product_id.display_name, name=self.name),
            "inspection_id": self.id,
            "partner_id": partner.id,
            "reference": self.production_id.name or self.picking_id.name or self.lot_id.name or self.name,
            "responsible_user_id": (self.inspector_id or user).id,
            "manager_user_id": user.id,
            "origin_ids": [fields.Command.link(self.env.ref("paper_quality.nonconformity_origin_inspection").id)],
            "description": "\n".join(line._result_text() for line in wrong) or self.name,
            "company_id": self.company_id.id,
            "res_model": self._name,
            "res_id": self.id,
        }

    def action_view_nonconformities(self):
        """Open the nonconformities of an inspection."""
        self.ensure_one()
        return self.nonconformity_ids._get_records_action()

    def action_inspect_again(self):
        """Inspect what failed a second time, after its cause was found and corrected (R5.3.2).

        :raises CorrectionMissingError: while the nonconformity names no cause or no corrective action
        """
        self.ensure_one()
        self.check_access("write")
        self._check_act("inspect_again")
        nonconformities = self.sudo().nonconformity_ids  # sudo: reads the rule only
        if not nonconformities.filtered(lambda rec: rec._is_corrected()):
            raise CorrectionMissingError(
                self.env._("Record cause and corrective action in the nonconformity of %(name)s first.", name=self.name),
                action=self._nonconformity_action(),
            )
        nonconformities._check_retest(self)
        # sudo: an inspection follows from the specification, not from who asks for it
        again = self.sudo()._inspect_again().sudo(False)
        return again._get_records_action(name=self.env._("Second Inspection"))

    def _nonconformity_action(self):
        """Return the action that leads to the nonconformity of a failed inspection: the one there is, or to be made."""
        # sudo: who inspects is led to the record, whether or not that person may open it is asked next
        return self.env["paper.way.out"]._lead_to(self.sudo().nonconformity_ids or self)

    def _inspect_again(self):
        self.ensure_one()
        return self._by_step().create(
            {
                **{name: self[name].id for name in SUBJECT},
                "kind": self.kind,
                "again_of_id": self.id,
                "qty": self.qty,
                "user": self.user.id,
                "state": "ready",
                "auto_generated": True,
                "object_id": self.object_id and f"{self.object_id._name},{self.object_id.id}",
                "inspection_lines": [
                    fields.Command.create({**line._prepare_again(), **self._prepare_retest(line)})
                    for line in self.inspection_lines
                ],
            }
        )

    def _verdict(self):
        """Return what these inspections of one thing come to: none, open, passed or failed; the last one counts."""
        last = self.filtered(lambda rec: rec.state != "canceled").sorted("id")[-1:]
        if not last:
            return "none"
        if last.state == "failed" and last._is_conceded():
            return "passed"
        return {"success": "passed", "failed": "failed"}.get(last.state, "open")

    def _lot_verdict(self):
        """Return what these inspections of one lot come to.

        Those in process are of one operation or control point each: any of them that failed fails the lot, and none that passed
        stands for its final inspection.
        """
        live = self.filtered(lambda rec: rec.state != "canceled")
        process = live.filtered(lambda rec: rec.kind == "process")
        of_each = [own._verdict() for own in process.grouped(lambda rec: (rec.control_point_id, rec.test)).values()]
        if "failed" in of_each:
            return "failed"
        judged = (live - process).grouped(lambda rec: rec.kind == "receipt" and rec.control_point_id).values()
        verdicts = [own._verdict() for own in judged]
        return next((verdict for verdict in ("failed", "open", "passed") if verdict in verdicts), "none")
