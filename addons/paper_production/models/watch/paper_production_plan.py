from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.machine import Machine, subtract_intervals
from odoo.addons.paper_capacity.lib.moments import to_seconds, unnamed
from odoo.tools.misc import formatLang

from ..plan.paper_production_plan import PLANNING, SALES, SUPERVISOR

LEAST = 3600  # seconds of a machine that may be missing: an hour is caught up
DISTURBED = "disturbed"


class PaperProductionPlan(models.Model):
    """What is approved is compared with what its machines can keep: a breakdown is told to planning, the supervisor, the workshop
    and the sales of each order, with the hours that are missing (R5.3.3)."""

    _inherit = "paper.production.plan"

    @api.model
    def _watch_soon(self):
        # sudo: whoever closes a machine need not run crons
        cron = self.env.ref("paper_production.ir_cron_watch_plans", raise_if_not_found=False)
        if cron:
            cron.sudo()._trigger()

    @api.model
    def _cron_watch(self):
        """Look at all approved plans; put sheets that nobody confirmed before their departments."""
        self.search([("state", "=", "approved")])._watch()
        self._cron_remind_sheets()
        self._refresh_materials(self.env["res.company"].search([]))
        self.env["paper.material.plan"]._watch_receipts()
        self.env["maintenance.equipment"]._paper_watch_tonnage()

    def _watch(self):
        """Write down, and tell, which orders of these plans their machines can no longer make in the time that they have."""
        now = fields.Datetime.now().replace(microsecond=0)
        works = self._open_productions().workorder_ids.filtered(
            lambda work: work.leave_id and work.leave_id.date_to > now and work.state in ("blocked", "ready", "progress")
        )
        if not works:
            return
        # sudo: the machines' closures are read whoever looks
        centres = works.workcenter_id.sudo()
        first, last = min(works.leave_id.mapped("date_from")), max(works.leave_id.mapped("date_to"))
        machines = {
            centre.id: Machine(subtract_intervals(hours, unnamed(closed)))
            for centre, (hours, closed, _booked) in centres._paper_read_plan(first, last).items()
        }
        for plan, own in works.grouped(lambda work: work.production_id.paper_plan_id).items():
            short = {}
            for work in own:
                span = to_seconds(work.leave_id.date_from), to_seconds(work.leave_id.date_to)
                lacking = work.duration_expected * 60 - machines[work.workcenter_id.id].open(*span)
                if lacking > LEAST:
                    short[work] = lacking / 3600
            plan._tell_disturbed(short)

    def _tell_disturbed(self, short):
        """Tell who has to know that work orders lack hours; nobody is told the same twice.

        :param short: ``{work order: hours}``
        """
        self.ensure_one()
        words = "\n".join(
            self.env._(
                "%(work)s on %(machine)s lacks %(hours)s h",
                work=work.production_id.name,
                machine=work.workcenter_id.name,
                hours=formatLang(self.env, hours, digits=1),
            )
            for work, hours in short.items()
        )
        if (self.disturbed or "") == words:
            return
        # sudo: it is nobody's to write
        self.sudo()._by_step().write({"disturbed": words or False})
        if not short:
            self.env["res.company"]._paper_told(self, (DISTURBED,))
            return
        centres = ", ".join({work.workcenter_id.name for work in short})
        for department in (PLANNING, SUPERVISOR, "paper_base.group_workshop"):
            self.company_id._paper_tell(
                department,
                self,
                lambda plan: plan.env._(
                    "%(plan)s cannot be kept: %(machines)s stands still. Plan anew.", plan=plan.name, machines=centres
                ),
                kind=DISTURBED,
            )
        productions = self.production_ids.browse({work.production_id.id for work in short})
        campaigns = productions.paper_campaign_id
        # sudo: whoever closes a machine need not read orders
        orders = (productions | campaigns.line_ids.production_id).sudo()._paper_orders()
        for company, found in orders.grouped("company_id").items():
            company._paper_tell(
                lambda order: (order.user_id, SALES),
                found,
                lambda order: order.env._(
                    "%(order)s may be late: %(machines)s stands still. Production plans anew.", order=order.name, machines=centres
                ),
                kind=f"{DISTURBED} {self.id}",
            )
