from odoo import Command, fields, models

from ..plan.paper_production_plan import SUPERVISOR

EQUIPMENT = "paper_base.group_equipment"


class PaperProductionPlan(models.Model):
    """What an approved plan asks of the machines: the set-up of each change of campaigns, and contingency plans (R5.2.2)."""

    _inherit = "paper.production.plan"

    setup_ids = fields.One2many("paper.setup", "plan_id", string="Set-ups", readonly=True)
    means_warning = fields.Text(
        string="Machines and People",
        by_steps=True,
        copy=False,
        help="Machines without a reviewed or drilled contingency plan, as it stood when the plan was submitted.",
    )

    def _name_means(self):
        """Write down which A machines of the plans have no contingency plan that holds."""
        for plan in self.sudo():  # sudo: it is nobody's to write
            today, words = plan.company_id._paper_today(), []
            centres = plan._open_productions().workorder_ids.workcenter_id
            for centre in centres.filtered(lambda one: one.paper_criticality == "a").sorted("sequence"):
                reviewed = centre.paper_contingency_ids.filtered(lambda one: one.state == "reviewed")
                if not reviewed:
                    words.append(plan.env._("%(machine)s: no reviewed contingency plan", machine=centre.name))
                elif any(one.next_drill and one.next_drill < today for one in reviewed):
                    words.append(plan.env._("%(machine)s: its contingency plan has to be drilled", machine=centre.name))
            plan._by_step().write({"means_warning": "\n".join(words) or False})

    def _make_setups(self):
        """Give each campaign of the version in force its set-up where the paper changes; set-ups of earlier versions go along
        with the campaigns that make the same, the others are cancelled (R5.2.2)."""
        for plan in self.filtered("version_id"):
            version = plan.version_id.sudo()  # sudo: the step was checked; set-ups are nobody's to write
            templates = self.env["paper.setup.template"].sudo().search(  # sudo: as above
                [("workcenter_id", "in", version.campaign_ids.workcenter_id.ids)]
            )
            earlier = plan.sudo().setup_ids.filtered(lambda one: one.state in ("open", "done", "waived"))  # sudo: as above
            earlier = earlier.filtered(lambda one, now=version: one.campaign_id.version_id != now)
            values = []
            for centre, campaigns in version.campaign_ids.sorted("date_from").grouped("workcenter_id").items():
                before = plan._made_before(centre)
                for campaign in campaigns:
                    tasks = templates.filtered(
                        lambda one, at=centre, was=before, now=campaign: one.workcenter_id == at
                        and one._fits(was, now.grade_id, now.basis_weight)
                    ).line_ids
                    same = earlier.filtered(lambda one, now=campaign: one._is_for(now))[:1]
                    if same:
                        same._moved_to(campaign)
                        earlier -= same
                    elif tasks and not campaign._has_begun():
                        values.append(plan._prepare_setup(campaign, before, tasks))
                    before = campaign.grade_id, campaign.basis_weight
            gone = earlier.filtered(lambda one: one.state == "open")
            if gone:
                gone._follow_to("cancelled")
            setups = self.env["paper.setup"].sudo()._by_step().create(values)  # sudo: as above
            if setups:
                plan.company_id._paper_tell(EQUIPMENT, setups, lambda one: one.name, kind="open", quietly=True)

    def _made_before(self, centre):
        """Return (grade, basis weight) of what the machine makes before this plan; None where nobody knows."""
        paper = self._paper_on(centre, self.env["paper.campaign"], fields.Datetime.now())
        return paper and (self.env["paper.grade"].browse(paper.grade), paper.weight)

    def _prepare_setup(self, campaign, before, tasks):
        return {
            "campaign_id": campaign.id,
            "plan_id": self.id,
            "workcenter_id": campaign.workcenter_id.id,
            "grade_id": campaign.grade_id.id,
            "basis_weight": campaign.basis_weight,
            "before": f"{before[0].name} {before[1]:.10g} g/m²" if before else False,
            "due": campaign.date_from,
            "minutes": sum(tasks.mapped("minutes")),
            "task_ids": [
                Command.create({"sequence": place, "name": task.name, "minutes": task.minutes, "parts": task.parts})
                for place, task in enumerate(tasks.sorted(lambda one: (one.template_id.sequence, one.sequence, one.id)))
            ],
        }

    def _propose_after(self, reason):
        """Compute a version around a breakdown for each of these plans, for the supervisor to put in force (R5.2.2, R5.3.3)."""
        for plan in self.filtered(lambda one: one.state == "approved" and one.version_id):
            problem, found = plan._what_if()
            version = plan._keep_version(problem, found, "replanned", reason, plan.version_id)
            plan.company_id._paper_tell(
                SUPERVISOR,
                plan,
                lambda one, made=version: made.sudo().with_env(one.env)._proposed_words(),  # sudo: told to the supervisor
                kind=f"replan {version.id}",
                activity_type="paper_production.activity_approval",
            )
