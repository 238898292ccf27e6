from odoo import api, fields, models


class PaperSkillDemand(models.Model):
    """What people must know to work on a machine, or to make a grade: who lacks it may not begin the work (R5.2.3). Planning and
    the supervisor keep the list; where nothing is asked for, nobody is stopped."""

    _name = "paper.skill.demand"
    _description = "Skill Asked for at Work"
    _order = "workcenter_id, grade_id, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    active = fields.Boolean(default=True)
    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Machine", index="btree_not_null", check_company=True, ondelete="cascade", help="Blank: all."
    )
    grade_id = fields.Many2one(
        "paper.grade", index="btree_not_null", ondelete="cascade", help="Blank: all. For a new grade or process, name it."
    )
    skill_id = fields.Many2one("hr.skill", string="Skill", required=True, ondelete="restrict")
    level = fields.Integer(string="Least Level (%)", help="Least progress of the level, 0 to 100.")
    note = fields.Char(string="Reason")

    _level_range = models.Constraint("CHECK(COALESCE(level, 0) BETWEEN 0 AND 100)", "A level lies between 0 and 100 %.")

    @api.depends("workcenter_id.name", "grade_id.name", "skill_id.name")
    def _compute_display_name(self):
        for demand in self:
            names = (demand.workcenter_id.name, demand.grade_id.name, demand.skill_id.name)
            demand.display_name = " · ".join(name for name in names if name)

    def _asks(self, work):
        """Return those of the demands that a work order asks for."""
        grade = work.production_id.paper_spec_id.grade_id
        return self.filtered(
            lambda one: one.company_id == work.company_id
            and (not one.workcenter_id or one.workcenter_id == work.workcenter_id)
            and (not one.grade_id or one.grade_id == grade)
        )
