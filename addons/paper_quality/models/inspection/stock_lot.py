from odoo import api, fields, models

from ...exceptions import InspectionStateError, UninspectedLotError


class StockLot(models.Model):
    """A reel, pallet or batch of paper, with the specification that it was made by."""

    _inherit = "stock.lot"

    paper_spec_id = fields.Many2one(
        "paper.spec", string="Specification", index="btree_not_null", ondelete="restrict"
    )
    inspection_ids = fields.One2many("qc.inspection", "lot_id", string="Inspections", readonly=True)
    inspection_state = fields.Selection(
        [("none", "Not Inspected"), ("open", "Being Inspected"), ("passed", "Passed"), ("failed", "Failed")],
        string="Inspection",
        compute="_compute_inspection_state",
    )

    @api.depends("inspection_ids.state")
    def _compute_inspection_state(self):
        for lot in self:
            lot.inspection_state = lot.inspection_ids._verdict()

    can_paper_inspect = fields.Boolean(compute="_compute_can_paper_inspect")

    @api.depends("inspection_state")
    @api.depends_context("uid")
    def _compute_can_paper_inspect(self):
        of_quality = self.env.user.has_group("paper_base.group_quality")
        verdicts = self.sudo()._paper_verdicts() if of_quality else {}  # sudo: only the rule is asked
        for lot in self:
            lot.can_paper_inspect = lot.product_id.is_paper and verdicts.get(lot.sudo()) == "none"

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
        return verdicts

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
        if self.sudo()._paper_verdicts()[self.sudo()] != "none":
            raise InspectionStateError(self.env._("%(lot)s has its inspection already: see the one that it has.", lot=self.name))
        quantity = self.sudo().product_qty  # sudo: as above
        made = self.env["qc.inspection"]._make_entry_inspections([(self.sudo(), self.product_id, quantity, False)])
        return made._get_records_action(name=self.env._("Inspections"))
