from datetime import timedelta

from odoo import fields, models


class PaperProductionPlan(models.Model):
    """A plan of cuts makes the runs that their base paper needs: one of each base paper, for all orders together (R5.1.1)."""

    _inherit = "paper.production.plan"

    def _paper_make_runs(self):
        """Make a run for each base paper of which the cuts of plans need more than lies there or is being made; a run of this
        plan that nobody has begun is made longer or shorter instead."""
        self.ensure_one()
        if self.version_id:
            self._make_campaign_runs()
            return
        cuts = self._open_productions().filtered(lambda rec: rec.paper_kind == "cut")
        bases = cuts.bom_id.paper_base_id
        if not bases:
            return
        lacking = self._paper_lacking(bases)
        vals_list = []
        for base, own in cuts.grouped("paper_base_id").items():
            run = self._paper_run_ahead(base)
            if run and base.uom_id.compare(run.product_qty + lacking[base], 0) > 0:
                run._paper_resize(run.product_qty + lacking[base])
            elif base.uom_id.compare(lacking[base], 0) > 0:
                vals_list.append(self._prepare_run(base, lacking[base], min(own.mapped("date_start"))))
        # sudo: base paper is made of what the recipe says, whether or not planning reads recipes
        runs = self.env["mrp.production"].sudo().create(vals_list)
        for run in runs:
            # So that its paper is there when the first cut begins.
            lasts = timedelta(minutes=sum(run.workorder_ids.mapped("duration_expected")))
            run.date_start = max(run.date_start - lasts, fields.Datetime.now())
        runs.action_confirm()

    def _paper_run_ahead(self, base):
        """Return the run of a base paper that a draft of a plan can still make longer or shorter."""
        if self.state != "draft":
            return self.env["mrp.production"]
        return self._open_productions().filtered(lambda rec: rec.product_id == base and rec.state == "confirmed")[:1]

    def _paper_lacking(self, bases):
        """Return ``{base paper: kg}`` that the cuts in plans need beyond what lies there and what runs are to make."""
        productions = self.env["mrp.production"].sudo()  # sudo: the need is the same whatever the user may read
        open_ones = productions.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "in", ("confirmed", "progress", "to_close")),
                ("paper_plan_id", "!=", False),
            ]
            + ["|", ("bom_id.paper_base_id", "in", bases.ids), ("product_id", "in", bases.ids)]
        )
        lacking = dict.fromkeys(bases, 0.0)
        for move in open_ones.move_raw_ids:
            if move.product_id in lacking and move.state not in ("done", "cancel"):
                lacking[move.product_id] += move.product_qty
        for run in open_ones.filtered(lambda rec: rec.product_id in bases):
            lacking[run.product_id] -= run.product_uom_qty - run.product_uom_id._compute_quantity(
                run.qty_produced, run.product_id.uom_id
            )
        for base in bases.with_company(self.company_id):
            lacking[base] -= base.sudo().qty_available  # sudo: as above
        return lacking

    def _paper_schedule_runs(self):
        """Schedule the runs first: a cut begins when the base paper that it takes is made."""
        cuts = self._open_productions().filtered(lambda rec: rec.paper_kind == "cut")
        runs = self._open_productions().filtered(lambda rec: rec.paper_kind == "run")
        runs.sorted("date_start")._as_released().button_plan()
        done = runs.filtered("date_finished").sorted("date_finished")
        ready = {run.product_id: run.date_finished for run in done}
        in_campaign = {run.paper_campaign_id: run.date_finished for run in done if run.paper_campaign_id}
        for cut in cuts:
            made = in_campaign.get(cut.paper_campaign_id) or ready.get(cut.paper_base_id)
            if made and cut.date_start < made:
                cut._as_released().date_start = made
