from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.addons.paper_base.lib.words import said
from odoo.addons.paper_base.models.steps.reason import ReasonStep
from odoo.tools import LazyTranslate

from ...exceptions import ConcessionError, InspectionRightError, NonconformityError, RetestError

_lt = LazyTranslate(__name__)
QUALITY = ("paper_base.group_quality",)
CLOSERS = (*QUALITY, "paper_base.group_management")
LIVE = ("analysis", "pending", "open")
# Days after which the effect of the actions is looked at, unless another day is set.
EFFECT_DAYS = 30


class MgmtsystemNonconformity(models.Model):
    """What did not conform (R5.3.2): the suspect rolls are found and stopped, the cause of occurrence and of escape is found,
    actions are taken, their effect is checked, and somebody else closes it. What becomes of the paper is decided here: a retest
    by plan, rework, a concession that the customer consents to, a lesser use, or broke.
    """

    _name = "mgmtsystem.nonconformity"
    _inherit = ["mgmtsystem.nonconformity", "paper.step.mixin"]

    _step_field = "state"
    _acts = {
        "contain": (("draft", *LIVE), QUALITY),
        "check_effect": (("open",), QUALITY),
        "record_consent": (("draft", *LIVE), (*QUALITY, "paper_base.group_sales")),
        "offer": (("draft", *LIVE), QUALITY),
    }
    _reason_steps = {
        "action_effective": ReasonStep(_lt("The Actions Had Effect"), hint=_lt("By what that shows: lots, figures, days.")),
        "action_ineffective": ReasonStep(_lt("The Actions Had No Effect"), hint=_lt("What happened again.")),
        "action_record_consent": ReasonStep(
            _lt("The Customer Consents"), hint=_lt("Who consented, when and in which letter or mail, to which figures.")
        ),
    }
    _state_error = NonconformityError
    _right_error = InspectionRightError
    _field_error = NonconformityError

    inspection_id = fields.Many2one("qc.inspection", string="Inspection", index="btree_not_null", copy=False)
    lot_ids = fields.Many2many("stock.lot", string="Rolls and Lots", copy=False)
    place_ids = fields.One2many("paper.nonconformity.place", "nonconformity_id", string="Where They Are", copy=False)
    contained_on = fields.Datetime(string="Contained on", copy=False, by_steps=True)
    contained_by_id = fields.Many2one("res.users", string="Contained by", copy=False, by_steps=True)
    cause_occurrence = fields.Text(string="Why It Occurred", copy=False)
    cause_escape = fields.Text(string="Why It Was Not Found Earlier", copy=False)
    disposition = fields.Selection(
        [
            ("retest", "Retest"),
            ("rework", "Rework"),
            ("concession", "Concession"),
            ("downgrade", "Downgrade"),
            ("return", "Return to the Supplier"),
            ("broke", "Broke"),
        ],
        string="What Becomes of It",
        copy=False,
        tracking=True,
    )
    rework_done = fields.Char(string="What Was Reworked", copy=False, tracking=True)
    consent = fields.Char(string="Customer's Consent", copy=False, by_steps=True)
    consent_by_id = fields.Many2one("res.users", string="Consent Recorded by", copy=False, by_steps=True)
    consent_on = fields.Datetime(string="Consent Recorded on", copy=False, by_steps=True)
    conceded_by_id = fields.Many2one("res.users", string="Let through by", copy=False, by_steps=True)
    effect_due = fields.Date(string="Check the Effect on", copy=False)
    effect = fields.Selection(
        [("effective", "Effective"), ("ineffective", "Not Effective")], copy=False, by_steps=True, tracking=True
    )
    effect_text = fields.Char(string="Shown by", copy=False, by_steps=True)
    effect_by_id = fields.Many2one("res.users", string="Effect Checked by", copy=False, by_steps=True)
    effect_on = fields.Datetime(string="Effect Checked on", copy=False, by_steps=True)
    closed_by_id = fields.Many2one("res.users", string="Closed by", copy=False, by_steps=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    cost_material = fields.Monetary(string="Paper and Material", copy=False)
    cost_work = fields.Monetary(string="Rework and Tests", copy=False)
    cost_freight = fields.Monetary(string="Freight", copy=False)
    cost_claim = fields.Monetary(string="Compensation", copy=False)
    cost = fields.Monetary(string="Cost of the Nonconformity", compute="_compute_cost", store=True)
    can_contain = fields.Boolean(compute="_compute_can_steps")
    can_check_effect = fields.Boolean(compute="_compute_can_steps")
    can_record_consent = fields.Boolean(compute="_compute_can_steps")
    can_offer = fields.Boolean(compute="_compute_can_steps")
    demand_text = fields.Text(string="Demands That the Paper Satisfies", compute="_compute_demand_text")

    @api.depends("cost_material", "cost_work", "cost_freight", "cost_claim")
    def _compute_cost(self):
        for record in self:
            record.cost = record.cost_material + record.cost_work + record.cost_freight + record.cost_claim

    @api.depends("disposition", "effect")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        if verb == "record_consent" and self.disposition != "concession":
            return self.env._("%(name)s: only a concession needs the customer's consent.", name=self.display_name)
        if verb == "offer" and self.disposition != "downgrade":
            return self.env._("%(name)s: only downgraded paper is offered for another use.", name=self.display_name)
        return super()._act_objection(verb)

    # Containment

    def action_contain(self):
        """Find the rolls that may have the same fault wherever they are, and stop those that are still ours (R5.3.2)."""
        self._check_act("contain")
        for record in self:
            # sudo: a fault is stopped in all of them, whatever the user may read
            own = record.sudo()
            suspect = own._suspect_lots()
            ours = suspect.filtered(lambda lot: lot.is_paper and "held" in lot._steps.get(lot.paper_disposition, {}))
            if ours:
                ours.with_user(self.env.user).sudo()._follow_to(
                    "held",
                    paper_disposition_reason=self.env._("Nonconformity %(ref)s", ref=own.ref),
                    paper_stopped_by_hand=True,
                )
            rows = own._prepare_places(suspect)
            own._by_step().write(
                {
                    "lot_ids": [Command.set(suspect.ids)],
                    "contained_on": fields.Datetime.now(),
                    "contained_by_id": self.env.uid,
                }
            )
            own.place_ids._by_step().unlink()
            self.env["paper.nonconformity.place"].sudo()._by_step().create(rows)  # sudo: as above
        return True

    def _suspect_lots(self):
        """Return the lots of the nonconformity and their sisters from the same jumbo."""
        inspection = self.inspection_id
        lots = self.lot_ids | inspection.lot_id
        if inspection.production_id and not inspection.lot_id:
            lots |= inspection._judged_lots()
        sisters = lots.filtered("is_paper")
        return lots | (sisters._paper_sisters("jumbo") if sisters else sisters)

    def _prepare_places(self, lots):
        quants = self.env["stock.quant"].search([("lot_id", "in", lots.ids), ("quantity", ">", 0)])
        rows = {}
        for quant in quants:
            where = self._where(quant.location_id)
            if where:
                rows.setdefault((where, quant.location_id), []).append((quant.lot_id, quant))
        known = quants.filtered(lambda quant: self._where(quant.location_id)).lot_id
        floor = lots - known
        result = [
            {
                "where": where,
                "location_id": location.id,
                **self._place_figures(
                    self.env["stock.lot"].union(*(lot for lot, _quant in found)),
                    sum(quant.product_uom_id._paper_kg(quant.quantity) for _lot, quant in found),
                ),
            }
            for (where, location), found in rows.items()
        ]
        if floor:
            result.append({"where": "floor", "location_id": False, **self._place_figures(floor, 0.0)})
        return [{"nonconformity_id": self.id, **row} for row in result]

    def _place_figures(self, lots, kg):
        stopped = lots.filtered(lambda lot: lot.paper_disposition not in ("sale", "pending"))
        return {"lot_ids": [Command.set(lots.ids)], "lot_count": len(lots), "held_count": len(stopped), "kg": kg}

    @api.model
    def _where(self, location):
        if location.is_paper_quarantine:
            return "hold"
        return {"internal": "stock", "transit": "transit", "customer": "customer"}.get(location.usage, "")

    # Retest and concession

    def _is_corrected(self):
        """Say whether the cause is found and a corrective action is recorded."""
        self.ensure_one()
        cause = said(self.cause_occurrence) or self.cause_ids or said(self.analysis)
        action = self.action_ids or self.immediate_action_id or said(self.action_comments)
        return bool(cause and action)

    def _check_retest(self, inspection):
        """Refuse a second inspection outside of the plan: once on twice the specimens, or after each rework (R5.3.2).

        :raises RetestError: naming what is missing
        """
        _ = self.env._
        decided = self.filtered(lambda rec: rec.state in LIVE or rec.state == "done")
        if not decided:
            raise RetestError(
                _(
                    "%(name)s: nothing is inspected again while its nonconformity is a draft. Analyse it first.",
                    name=inspection.name,
                ),
                action=self.env["paper.way.out"]._lead_to(self),
            )
        tries = inspection._earlier_tries()
        chosen = decided[:1]
        if chosen.disposition == "rework":
            if not said(chosen.rework_done):
                raise RetestError(
                    _("%(name)s: write down what was reworked before it is inspected again.", name=inspection.name),
                    action=self.env["paper.way.out"]._lead_to(chosen),
                )
            return
        if chosen.disposition != "retest":
            raise RetestError(
                _(
                    "%(name)s: decide in the nonconformity what becomes of the goods. They are inspected again for a retest or "
                    "after rework only.",
                    name=inspection.name,
                ),
                action=self.env["paper.way.out"]._lead_to(chosen),
            )
        if any(step.nonconformity_ids.filtered(lambda rec: rec.disposition == "retest") for step in tries - inspection):
            raise RetestError(
                _(
                    "%(name)s was the retest already. What fails twice is reworked, let through with the customer's consent, "
                    "downgraded or made broke.",
                    name=inspection.name,
                ),
                action=self.env["paper.way.out"]._lead_to(chosen),
            )

    def action_record_consent(self, reason=None):
        """Record that the customer takes the goods as they are, and release them; quality or sales (R5.3.2)."""
        self._check_act("record_consent")
        if not said(reason):
            return self._ask_reason("action_record_consent")
        # sudo: who records it was asked at the act
        self.sudo()._by_step().write(
            {"consent": said(reason), "consent_by_id": self.env.uid, "consent_on": fields.Datetime.now()}
        )
        return True

    def action_release_concession(self):
        """Release the rolls that the customer takes as they are; another person of quality than who inspected (R5.3.2).

        :raises ConcessionError: without the customer's consent, or for who inspected it
        """
        if not self._is_one_of(CLOSERS):
            raise InspectionRightError(
                self.env._("This step belongs to: %(departments)s.", departments=self._group_names(CLOSERS))
            )
        for record in self:
            if record.disposition != "concession" or not record.consent:
                raise ConcessionError(
                    self.env._("%(ref)s: record the customer's consent first.", ref=record.ref),
                    action=self.env["paper.way.out"]._lead_to(record),
                )
            if record.inspection_id.inspector_id == self.env.user:
                raise ConcessionError(
                    self.env._("%(ref)s: what you inspected yourself somebody else lets through.", ref=record.ref)
                )
            record.sudo()._by_step().write({"conceded_by_id": self.env.uid})  # sudo: who may was asked above
            lots = record.lot_ids | record.inspection_id.lot_id | record.inspection_id.sudo()._judged_lots()
            lots.filtered("is_paper")._release_by_concession(record)
        return True

    # A lesser use

    @api.depends("disposition", "lot_ids")
    def _compute_demand_text(self):
        for record in self:
            demands = record._matching_demands() if record.disposition == "downgrade" else []
            record.demand_text = "\n".join(demands)

    def _matching_demands(self):
        """Return a sentence for each open demand that the downgraded rolls satisfy. Override where demands are known."""
        return []

    # Effect and end

    def action_effective(self, reason=None):
        """Record that the actions had effect, by what shows it; not on the day on which they were taken."""
        return self._check_effect("action_effective", "effective", reason)

    def action_ineffective(self, reason=None):
        """Record that the actions had no effect: the causes are looked for again."""
        return self._check_effect("action_ineffective", "ineffective", reason)

    def _check_effect(self, method, effect, reason):
        self._check_act("check_effect")
        for record in self:
            last = max(filter(None, record._get_all_actions().mapped("date_closed")), default=None)
            if not record._get_all_actions() or not all(record._get_all_actions().mapped("stage_id.is_ending")):
                raise NonconformityError(
                    self.env._("%(ref)s: close its actions first; their effect is looked at afterwards.", ref=record.ref)
                )
            today = (record.company_id or self.env.company)._paper_today()
            if last and (record.company_id or self.env.company)._paper_day(last) >= today and effect == "effective":
                raise NonconformityError(
                    self.env._("%(ref)s: the effect shows on a later day than the actions.", ref=record.ref)
                )
        if not said(reason):
            return self._ask_reason(method)
        values = {
            "effect": effect,
            "effect_text": said(reason),
            "effect_by_id": self.env.uid,
            "effect_on": fields.Datetime.now(),
        }
        self.sudo()._by_step().write(values)  # sudo: who records it was asked at the act
        self.env["res.company"]._paper_told(self, ("effect",))
        if effect == "ineffective":
            stage = self.env["mgmtsystem.nonconformity.stage"].search([("state", "=", "analysis")], limit=1)
            self.stage_id = stage
        return True

    @api.model_create_multi
    def create(self, vals_list):
        today = self.env.company._paper_today()
        given = [{"effect_due": today + timedelta(days=EFFECT_DAYS), **vals} for vals in vals_list]
        return super().create(given)

    def write(self, vals):
        result = super().write(vals)
        if "stage_id" in vals:
            closed = self.filtered(lambda rec: rec.state == "done" and not rec.closed_by_id)
            closed.sudo()._by_step().write({"closed_by_id": self.env.uid})  # sudo: the rule was asked when it was closed
            opened = self.filtered(lambda rec: rec.state == "open")
            for (company, day), own in opened.grouped(lambda rec: (rec.company_id, rec.effect_due)).items():
                (company or self.env.company)._paper_tell(
                    "paper_base.group_quality",
                    own,
                    lambda rec: rec.env._("Check the effect of the actions"),
                    kind="effect",
                    deadline=day,
                    quietly=True,
                )
            reopened = self.filtered(lambda rec: rec.state != "done" and rec.closed_by_id)
            reopened.sudo()._by_step().write({"closed_by_id": False})  # sudo: as above
        return result

    @api.constrains("stage_id")
    def _check_closed(self):
        """Refuse to close what is not understood, acted upon, decided and shown to have had effect, by somebody else (R5.3.2)."""
        _ = self.env._
        for record in self.filtered(lambda rec: rec.state == "done"):
            lacking = []
            if not said(record.cause_occurrence):
                lacking.append(_("why it occurred"))
            if not said(record.cause_escape):
                lacking.append(_("why it was not found earlier"))
            if not record._get_all_actions():
                lacking.append(_("an action"))
            if not record.disposition:
                lacking.append(_("what becomes of the goods"))
            if record.disposition == "concession" and not record.consent:
                lacking.append(_("the customer's consent"))
            if record.effect != "effective":
                lacking.append(_("that the actions had effect"))
            if lacking:
                raise NonconformityError(
                    _("%(ref)s is not closed before it says: %(lacking)s.", ref=record.ref, lacking=", ".join(lacking)),
                    action=self.env["paper.way.out"]._lead_to(record),
                )
            busy = record.responsible_user_id | record.effect_by_id | record.inspection_id.inspector_id
            if self.env.user in busy:
                raise NonconformityError(
                    _(
                        "%(ref)s is closed by somebody who neither inspected it, nor was responsible, nor checked the effect.",
                        ref=record.ref,
                    )
                )
            if not self._is_one_of(CLOSERS):
                raise InspectionRightError(
                    _("A nonconformity is closed by: %(departments)s.", departments=self._group_names(CLOSERS))
                )
