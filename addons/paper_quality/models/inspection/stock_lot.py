from odoo import api, fields, models

from ...exceptions import InspectionStateError, UninspectedLotError

WORST_FIRST = ("failed", "open", "none", "passed")
# What becomes of a roll in a disposition, by what its inspection says.
FOLLOWS = {
    ("passed", "pending"): "sale",
    ("passed", "held"): "sale",
    ("failed", "pending"): "held",
    ("failed", "sale"): "held",
    ("open", "sale"): "pending",
}


class StockLot(models.Model):
    """A reel, pallet or batch of paper, and the inspections that judge it."""

    _inherit = "stock.lot"

    inspection_ids = fields.One2many("qc.inspection", "lot_id", string="Inspections", readonly=True)
    inspection_state = fields.Selection(
        [("none", "Not Inspected"), ("open", "Being Inspected"), ("passed", "Passed"), ("failed", "Failed")],
        string="Inspection",
        compute="_compute_inspection_state",
    )

    @api.depends("inspection_ids.state")
    def _compute_inspection_state(self):
        for lot in self:
            lot.inspection_state = lot.inspection_ids._lot_verdict()

    can_paper_inspect = fields.Boolean(compute="_compute_can_paper_inspect")

    @api.depends("inspection_state")
    @api.depends_context("uid")
    def _compute_can_paper_inspect(self):
        of_quality = self.env.user.has_group("paper_base.group_quality")
        waiting = self.sudo()._paper_uninspected() if of_quality else self.sudo().browse()  # sudo: only the rule is asked
        for lot in self:
            lot.can_paper_inspect = lot.product_id.is_paper and lot.sudo() in waiting

    def _paper_uninspected(self):
        """Return those of the lots that quality may inspect by themselves: they have no verdict, or that of their parents.

        What is made of rolls that failed is another paper: it was reworked to be inspected anew.
        """
        verdicts = self._paper_verdicts()
        return self.filtered(
            lambda lot: verdicts[lot] == "none"
            or (verdicts[lot] == "failed" and lot.inspection_state == "none" and lot.paper_parent_link_ids)
        )

    def _is_failed(self):
        self.ensure_one()
        return self.inspection_state == "failed"

    def _paper_verdicts(self):
        """Return ``{lot: none, open, passed or failed}``: by the last inspection of the lot, else of the order that made it."""
        verdicts = {lot: lot.inspection_state for lot in self}
        lacking = self.filtered(lambda lot: verdicts[lot] == "none")
        if lacking:
            for lot, production in lacking._certificate_productions().items():
                verdicts[lot] = production._final_inspections_of(lot)._verdict()
            self._judge_by_parents(verdicts)
        return verdicts

    def _judge_by_parents(self, verdicts):
        """Let what was cut of rolls and inspected by nobody be judged as they were: by the worst of them."""
        unknown = self.filtered(lambda lot: verdicts[lot] == "none" and lot.paper_parent_link_ids)
        parents = unknown.paper_parent_link_ids.parent_id
        if parents:
            above = parents._paper_verdicts()
            for lot in unknown:
                found = {above[parent] for parent in lot.paper_parent_link_ids.parent_id}
                verdicts[lot] = next(verdict for verdict in WORST_FIRST if verdict in found)

    def _follow_verdict(self):
        """Bring the dispositions to what the inspections say: released, stopped, or waiting again (R5.3.2, R6.1.1).

        What a person stopped no inspection releases.
        """
        # sudo: the disposition follows from the inspection, whoever confirmed it
        lots = self.sudo().filtered("is_paper")
        lots |= lots.browse().union(*lots._paper_descendants().values())
        verdicts = lots._paper_verdicts()
        for (verdict, disposition), own in lots.grouped(lambda lot: (verdicts[lot], lot.paper_disposition)).items():
            state = FOLLOWS.get((verdict, disposition))
            if state:
                own.filtered(lambda lot: not lot.paper_stopped_by_hand)._follow_to(
                    state, paper_disposition_reason=own._followed_sentence(verdict)
                )

    def _release_by_concession(self, nonconformity):
        """Release rolls that their customer takes as they are (R5.3.2)."""
        # sudo: the nonconformity was asked who may
        self.sudo()._follow_to(
            "sale",
            paper_disposition_reason=self.env._(
                "Concession %(ref)s: %(consent)s", ref=nonconformity.ref, consent=nonconformity.consent
            ),
            paper_stopped_by_hand=False,
        )

    def _followed_sentence(self, verdict):
        texts = {
            "passed": self.env._("It passed its inspection."),
            "failed": self.env._("It failed its inspection."),
            "open": self.env._("It is inspected anew."),
        }
        return texts[verdict]

    @api.depends("inspection_state")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _step_objection(self, state):
        if state == "sale":
            lot = self.sudo()  # sudo: only the verdict is asked
            if lot.is_paper and lot._paper_verdicts()[lot] != "passed":
                return self.env._("%(lot)s has passed no inspection: inspect it first.", lot=self.name)
        return super()._step_objection(state)

    def _refuse_uninspected(self):
        """Refuse that lots go out that have not passed (R6.1.1).

        :raises UninspectedLotError: if there is any
        """
        if self:
            waiting = self.inspection_ids.filtered(lambda rec: rec.state not in ("success", "canceled"))
            raise UninspectedLotError(
                self.env._(
                    "Lot %(lot)s has passed no inspection: it goes to no customer, and stays in quarantine if it lies there. "
                    "The quality department has to inspect it.",
                    lot=", ".join(self.mapped("name")),
                ),
                action=self.env["paper.way.out"]._lead_to(waiting or self),
            )

    def action_paper_inspect(self):
        """Make the inspection of a lot that has none, such as one from before the rule (R6.1.1); quality."""
        self.ensure_one()
        self.env["qc.inspection"].check_access("create")
        # sudo: who inspects need not read what made the lot
        if not self.sudo()._paper_uninspected():
            raise InspectionStateError(self.env._("%(lot)s has its inspection already: see the one that it has.", lot=self.name))
        quantity = self.sudo().product_qty  # sudo: as above
        made = self.env["qc.inspection"]._make_entry_inspections([(self.sudo(), self.product_id, quantity, False)])
        return made._get_records_action(name=self.env._("Inspections"))
