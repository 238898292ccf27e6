from odoo import fields, models


class PaperPlanAmendment(models.Model):
    """Why a supervisor changed an approved plan (R5.1.2), and the changes that he made for that reason.

    It is open for him alone, until he ends it or the day does: a reason given yesterday is none for what is changed today.
    """

    _name = "paper.plan.amendment"
    _description = "Amendment of a Production Plan"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _rec_name = "reason"
    _all_by_steps = True

    plan_id = fields.Many2one("paper.production.plan", string="Production Plan", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="plan_id.company_id", store=True, index=True)
    user_id = fields.Many2one("res.users", string="Supervisor", required=True, ondelete="restrict")
    reason = fields.Text(required=True)
    opened_on = fields.Datetime(required=True)
    closed_on = fields.Datetime(string="Ended on")
    change_ids = fields.One2many("paper.plan.change", "amendment_id", string="Changes")

    def _is_open(self):
        self.ensure_one()
        company = self.company_id
        return not self.closed_on and company._paper_day(self.opened_on) == company._paper_today()

    def _close(self):
        # sudo: the step was checked; what it writes is nobody's
        self.sudo()._by_step().filtered(lambda rec: not rec.closed_on).write({"closed_on": fields.Datetime.now()})
