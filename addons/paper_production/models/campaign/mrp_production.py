from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.moments import to_seconds

from ...lib.campaigns import Demand
from ...lib.plan_rules import Paper


class MrpProduction(models.Model):
    """An order as a demand of paper: what a campaign makes of it, on which machine how long, and by when."""

    _inherit = "mrp.production"

    paper_campaign_id = fields.Many2one(
        "paper.campaign", string="Campaign", index="btree_not_null", copy=False, by_steps=True, ondelete="set null"
    )
    paper_change_until = fields.Datetime(
        string="Changes until",
        compute="_compute_paper_change_until",
        help="The last moment for changes: then the freeze fence of its machine begins.",
    )

    @api.depends("paper_campaign_id.date_from", "paper_campaign_id.workcenter_id.paper_freeze_hours")
    def _compute_paper_change_until(self):
        for production in self:
            # sudo: whoever reads an order may read when it is too late to change it
            campaign = production.sudo().paper_campaign_id
            production.paper_change_until = campaign and campaign._change_until()

    def _paper_begins_earlier(self):
        # In a campaign an order has its place in the sequence, however late it is.
        return super()._paper_begins_earlier() and not self.sudo().paper_campaign_id  # sudo: as above

    def _paper_web_work(self):
        """Return the work order of the paper machine that makes the paper of this order, none where another order does."""
        self.ensure_one()
        return self.workorder_ids.filtered(lambda work: work.state != "cancel" and work._paper_is_web())[:1]

    def _paper_web(self):
        """Return what the paper machine makes for this order: the specification with grade and basis weight, the kg of it, and
        ``{machine: seconds}`` of those that can; no specification where no paper machine works for it.
        """
        self.ensure_one()
        # sudo: who plans need not read recipes and what machines can make
        production = self.sudo()
        if production.paper_kind == "cut":
            return production._paper_web_of_base()
        work, spec = production._paper_web_work(), production.paper_spec_id
        if not work or not spec:
            return spec.browse(), 0.0, {}
        centres = (work.workcenter_id | work.workcenter_id.alternative_workcenter_ids)._paper_can_make(
            production._paper_making_spec()
        )
        quantity = work._paper_quantity(work.qty_production)
        seconds = {}
        for centre in centres:
            choice = work._paper_choice(centre)
            seconds[centre.id] = choice.seconds(quantity) if choice else work.duration_expected * 60
        return spec, production._paper_kg(production.product_qty), seconds

    def _paper_web_of_base(self):
        base, boms = self.paper_base_id, self.env["mrp.bom"]
        bom = boms.search([("paper_base_id", "=", base.id), ("paper_kind", "=", "run"), ("active", "=", True)], limit=1)
        operation = bom.operation_ids.sorted(lambda one: (one.sequence, one.id))[:1]
        spec = base.paper_web_spec_id
        if not operation:
            return spec.browse(), 0.0, {}
        need = sum(move.product_qty for move in self.move_raw_ids if move.product_id == base and move.state != "cancel")
        kilograms = base.uom_id._paper_kg(1)
        centres = (operation.workcenter_id | operation.workcenter_id.alternative_workcenter_ids)._paper_can_make(spec)
        centres &= centres._paper_can_make(self._paper_making_spec())
        seconds = {}
        for centre in centres:
            # What a machine needs to set up it needs once a campaign: the change-over.
            choice = centre._paper_choice(operation, base, bom.product_uom_id, spec, bom.product_uom_id._paper_kg(1))
            quantity = need * kilograms / (bom.product_uom_id._paper_kg(1) or 1.0)
            seconds[centre.id] = choice.seconds(quantity) - min(choice.setup, choice.seconds(quantity) / 2)
        return spec, need * kilograms, seconds

    def _paper_due(self):
        """Return the moment at which the paper machine has to be done with this order for what was promised; None without."""
        self.ensure_one()
        limit = self._paper_late_by() or self.date_deadline
        if not limit:
            return None
        after = self.workorder_ids.filtered(lambda work: work.state != "cancel" and not work._paper_is_web())
        return fields.Datetime.subtract(limit, minutes=sum(after.mapped("duration_expected")))

    def _paper_demand(self, ready=0, urgent=1.0):
        """Return the order as a :class:`~..lib.campaigns.Demand`; None where no paper machine works for it."""
        spec, kg, seconds = self._paper_web()
        if not spec:
            return None
        due, grade = self._paper_due(), spec.grade_id
        paper = Paper(grade.id, spec.basis_weight, grade.paper_shade, f"{grade.name or ''} {spec.basis_weight:.10g} g/m²")
        limit = due and to_seconds(due)
        return Demand(self.id, paper, kg, seconds, limit, ready, urgent, self.name)

    # Taking what a campaign says

    def _take_campaign(self, campaign, begin, minutes):
        """Let these orders begin with their campaign; the paper machine takes the time that the campaign has for them."""
        for production in self._as_released():
            production._by_step().write({"paper_campaign_id": campaign.id})
            if production.is_planned:
                continue  # it stays where it is
            work = production._paper_web_work()
            if work:
                values = {"duration_expected": minutes}
                if work.workcenter_id != campaign.workcenter_id:
                    values["workcenter_id"] = campaign.workcenter_id.id
                production._as_released(work).write(values)
            if production.date_start != begin:
                production.write({"date_start": begin})

    def _unplan_each(self):
        """Take the orders out of the schedule; they are planned anew at once."""
        for production in self:  # one by one: button_unplan knows one order only
            production.button_unplan()
