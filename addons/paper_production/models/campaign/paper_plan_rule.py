from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.moments import to_seconds

from ...exceptions import PlanRuleError
from ...lib.plan_rules import Rule, rule_faults

KINDS = [
    ("minimum_run", "Minimum Run"),
    ("largest_step", "Largest Step of Basis Weight"),
    ("shade_order", "Order of Shades"),
    ("changeover", "Change-Over Time"),
    ("forbidden", "Forbidden Change"),
    ("pass_through", "Must Pass Through"),
    ("window", "Window"),
]


class PaperPlanRule(models.Model):
    """A rule by which papers follow each other on the paper machines (R5.1.1). Planning keeps the list.

    Of rules of one kind the one that names most holds. What names no machine or grade holds for all of them.
    """

    _name = "paper.plan.rule"
    _description = "Rule of Production Planning"
    _order = "sequence, id"
    _check_company_auto = True

    name = fields.Char(compute="_compute_name")
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection(KINDS, required=True, string="Rule")
    workcenter_id = fields.Many2one(
        "mrp.workcenter",
        string="Machine",
        check_company=True,
        index="btree_not_null",
        ondelete="cascade",
        help="Blank: all machines.",
    )
    from_grade_id = fields.Many2one("paper.grade", string="From Grade", ondelete="cascade", help="Blank: every grade.")
    to_grade_id = fields.Many2one("paper.grade", string="To Grade", ondelete="cascade", help="Blank: every grade.")
    via_grade_id = fields.Many2one(
        "paper.grade", string="By Way of", ondelete="restrict", help="The grade that has to be made in between."
    )
    minimum_kg = fields.Float(string="At Least (kg)", digits=(16, 0))
    step_percent = fields.Float(string="At Most (%)", digits=(5, 1), help="Of the basis weight that is on the machine.")
    minutes = fields.Float(
        string="Lost (min)",
        help="Of the change-over; in the order of shades, of the wash-up from dark to light. None: that never happens.",
    )
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 0), help="What a change-over costs in paper.")
    date_from = fields.Datetime(string="From")
    date_to = fields.Datetime(string="To")
    note = fields.Char(string="Reason")

    _figures_positive = models.Constraint(
        "CHECK(minimum_kg >= 0 AND step_percent >= 0 AND minutes >= 0 AND broke_kg >= 0)", "A rule has no negative figures."
    )

    @api.depends("kind", "workcenter_id", "from_grade_id", "to_grade_id", "via_grade_id", "minimum_kg", "step_percent", "minutes")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for rule in self:
            figure = {
                "minimum_run": self.env._("%s kg", f"{rule.minimum_kg:.10g}"),
                "largest_step": f"{rule.step_percent:.10g} %",
                "changeover": self.env._("%s min", f"{rule.minutes:.10g}"),
                "pass_through": rule.via_grade_id.name or "",
            }.get(rule.kind, "")
            grades = [rule.from_grade_id.name, rule.to_grade_id.name]
            way = " → ".join(name or "*" for name in grades) if any(grades) else ""
            rule.name = " ".join(filter(None, (kinds.get(rule.kind, ""), rule.workcenter_id.name, way, figure)))

    @api.depends("name")
    def _compute_display_name(self):
        for rule in self:
            rule.display_name = rule.name

    @api.constrains("kind", "minimum_kg", "step_percent", "via_grade_id", "date_from", "date_to")
    def _check_complete(self):
        for rule in self:
            if any(fault.kind == "empty" for fault in rule_faults([rule._as_rule()])):
                raise PlanRuleError(self.env._("%(rule)s lacks its figure: enter it, or delete the rule.", rule=rule.name))

    def _as_rule(self):
        """Return the rule as the sequence is computed with it."""
        self.ensure_one()
        return Rule(
            self.id,
            self.kind,
            self.workcenter_id.id or None,
            self.from_grade_id.id or None,
            self.to_grade_id.id or None,
            self.via_grade_id.id or None,
            self.minimum_kg if self.kind == "minimum_run" else self.step_percent,
            round(self.minutes * 60),
            self.broke_kg,
            to_seconds(self.date_from) if self.date_from else None,
            to_seconds(self.date_to) if self.date_to else None,
        )

    @api.model
    def _rules_of(self, company):
        """Return the rules of a company, :class:`Rule` by rule.

        :raises PlanRuleError: naming each of those that cannot hold together
        """
        # sudo: the rules hold whoever plans
        records = self.sudo().search([("company_id", "=", company.id)])
        rules = [record._as_rule() for record in records]
        words = [records._fault_words(fault) for fault in rule_faults(rules)]
        if words:
            raise PlanRuleError("\n".join(words), action=self.env["paper.way.out"]._lead_to(records))
        return rules

    def _fault_words(self, fault):
        names = "; ".join(self.browse(fault.rules).mapped("name"))
        if fault.kind == "cycle":
            return self.env._("These rules go round in a circle, so that no sequence keeps them: %(rules)s.", rules=names)
        if fault.kind == "empty":
            return self.env._("%(rules)s lacks its figure.", rules=names)
        return self.env._("These rules contradict each other: %(rules)s.", rules=names)
