from odoo import api, fields, models

QUALITY = "paper_base.group_quality"


class PaperSpcAlarm(models.Model):
    """A point of a control chart that breaks its rules: it proposes to hold the rolls of its inspection."""

    _name = "paper.spc.alarm"
    _description = "Alarm of a Control Chart"
    _inherit = ["paper.step.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "id desc"
    _all_by_steps = True
    _steps = {"open": {"done": (QUALITY,)}}
    _step_verbs = {"settle": "done"}

    chart_id = fields.Many2one("paper.spc.chart", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="chart_id.company_id", store=True, index=True)
    inspection_id = fields.Many2one("qc.inspection", required=True, ondelete="cascade", index=True)
    rules = fields.Char(required=True)
    rule_text = fields.Char(string="What Is Broken", compute="_compute_rule_text")
    state = fields.Selection([("open", "Open"), ("done", "Settled")], required=True, default="open")
    note = fields.Char(by_hand={"open": (QUALITY,)})
    can_settle = fields.Boolean(compute="_compute_can_steps")

    @api.depends("chart_id", "inspection_id")
    def _compute_display_name(self):
        for alarm in self:
            alarm.display_name = f"{alarm.chart_id.name or ''}: {alarm.inspection_id.name or ''}"

    @api.depends("rules")
    @api.depends_context("lang")
    def _compute_rule_text(self):
        sentences = self.env["paper.spc.chart"]._rule_sentences()
        for alarm in self:
            alarm.rule_text = "; ".join(sentences.get(rule, rule) for rule in (alarm.rules or "").split())

    @api.model
    def _make(self, found):
        """Make the alarms ``[(chart, inspection, [rule])]`` and put them before the quality department."""
        # sudo: an alarm follows from the readings, whoever entered them
        alarms = self.sudo()._by_step().create(
            [
                {"chart_id": chart.id, "inspection_id": inspection.id, "rules": " ".join(rules)}
                for chart, inspection, rules in found
            ]
        )
        for company, own in alarms.grouped("company_id").items():
            company._paper_tell(QUALITY, own, lambda rec: rec.env._("Control chart: hold the rolls?"), quietly=True)
        return alarms

    def action_hold(self):
        """Stop the rolls that the alarm's inspection speaks of, with its reason; quality."""
        self.ensure_one()
        lots = self.inspection_id._readable_lots().filtered("is_paper").with_user(self.env.user)
        stoppable = lots.filtered(lambda lot: lot._can_go("held"))
        if stoppable:
            stoppable.action_hold(self.display_name + ": " + self.rule_text)
        return self.action_settle()

    def action_settle(self):
        """Settle the alarm; quality."""
        return self._take_step("done")
