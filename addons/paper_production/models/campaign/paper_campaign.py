from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.moments import to_seconds


class PaperCampaign(models.Model):
    """One paper, a grade of a basis weight, on one machine in one go: for which orders, from when to when, and what the
    change-over before it takes (R5.1.1). It belongs to a version of a plan and is written by its steps alone.
    """

    _name = "paper.campaign"
    _description = "Campaign"
    _inherit = ["paper.step.mixin"]
    _order = "date_from, workcenter_id, id"
    _all_by_steps = True
    _evidence_states = ()

    name = fields.Char(compute="_compute_name")
    version_id = fields.Many2one("paper.plan.version", required=True, index=True, ondelete="cascade")
    plan_id = fields.Many2one(related="version_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="version_id.company_id", store=True, index=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Machine", required=True, index=True, ondelete="restrict")
    grade_id = fields.Many2one("paper.grade", required=True, ondelete="restrict")
    basis_weight = fields.Float(string="Basis Weight (g/m²)", digits=(16, 3))
    kg = fields.Float(string="Planned (kg)", digits=(16, 0))
    date_from = fields.Datetime(string="Begins", required=True)
    date_to = fields.Datetime(string="Ends", required=True)
    hours = fields.Float(string="Machine Hours", digits=(16, 2), help="Change-over included; closed hours do not count.")
    changeover_minutes = fields.Float(string="Change-Over (min)", digits=(16, 0))
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 0))
    breaks = fields.Text(string="Broken Rules")
    line_ids = fields.One2many("paper.campaign.line", "campaign_id", string="Orders")
    production_ids = fields.One2many("mrp.production", "paper_campaign_id", string="Manufacturing Orders")
    is_fixed = fields.Boolean(string="Stays", compute="_compute_is_fixed", help="It has begun or is within the freeze fence.")

    _dates_in_order = models.Constraint("CHECK(date_from <= date_to)", "A campaign cannot end before it begins.")
    _of_machine = models.Index("(workcenter_id, date_from)")

    @api.depends("grade_id.name", "basis_weight")
    def _compute_name(self):
        for campaign in self:
            campaign.name = f"{campaign.grade_id.name or ''} {campaign.basis_weight:.10g} g/m²"

    @api.depends("name", "workcenter_id.name")
    def _compute_display_name(self):
        for campaign in self:
            campaign.display_name = f"{campaign.workcenter_id.name or ''} {campaign.name}".strip()

    @api.depends("date_from", "workcenter_id.paper_freeze_hours", "plan_id.state", "line_ids.production_id.state")
    def _compute_is_fixed(self):
        now = fields.Datetime.now()
        for campaign in self:
            campaign.is_fixed = campaign.plan_id.state in ("approved", "done") and campaign._stays(now)

    def _stays(self, now):
        """Say whether the campaign of a plan in force is moved no more: it has begun, or its freeze fence is passed."""
        self.ensure_one()
        return self._has_begun() or self.date_from <= self.workcenter_id._paper_frozen_until(now)

    def _has_begun(self):
        # sudo: whoever looks at a campaign need not read the orders of its runs
        productions = self.sudo().production_ids | self.sudo().line_ids.production_id  # sudo: as above
        works = productions.workorder_ids.filtered(lambda work: work._paper_is_web())
        return any(work.state in ("progress", "done") for work in works)

    def _change_until(self):
        """Return the last moment for changes of what is made in this campaign."""
        self.ensure_one()
        return fields.Datetime.subtract(self.date_from, hours=self.workcenter_id.paper_freeze_hours)

    def _prepare_copy(self):
        """Return the values of the same campaign in another version."""
        self.ensure_one()
        return {
            "workcenter_id": self.workcenter_id.id,
            "grade_id": self.grade_id.id,
            "basis_weight": self.basis_weight,
            "kg": self.kg,
            "date_from": self.date_from,
            "date_to": self.date_to,
            "hours": self.hours,
            "changeover_minutes": self.changeover_minutes,
            "broke_kg": self.broke_kg,
            "breaks": self.breaks,
            "line_ids": [
                fields.Command.create(
                    {
                        "sequence": line.sequence,
                        "production_id": line.production_id.id,
                        "kg": line.kg,
                        "date_end": line.date_end,
                        "due": line.due,
                        "late_hours": line.late_hours,
                    }
                )
                for line in self.line_ids
            ],
        }

    def _draw(self, frame, lines):
        """Return what the board draws of the campaign.

        :param frame: the time that is drawn
        :param lines: its demands, read before
        """
        self.ensure_one()
        moment = self.company_id._paper_moment
        place, width = frame.span(to_seconds(self.date_from), to_seconds(self.date_to))
        late = [line for line in lines if line.late_hours > 0]
        parts = [
            f"{self.workcenter_id.name} · {self.name}",
            f"{moment(self.date_from)} – {moment(self.date_to)}",
            self.env._("%(tonnes)s t for %(orders)s orders", tonnes=f"{self.kg / 1000:,.1f}", orders=len(lines)),
            self.env._("change-over %s min", f"{self.changeover_minutes:.0f}"),
            self.breaks or "",
        ]
        return {
            "id": self.id,
            "name": self.name,
            "grade": self.grade_id.id,
            "tonnes": round(self.kg / 1000, 1),
            "place": place,
            "width": width,
            "shown": width > 0,
            "late": len(late),
            "breaks": self.breaks or "",
            "fixed": self.is_fixed,
            "hint": "\n".join(filter(None, parts)),
        }
