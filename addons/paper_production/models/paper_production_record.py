from odoo import api, fields, models

from ..exceptions import RecordLockedError
from .paper_production_plan import SUPERVISOR


class PaperProductionRecord(models.Model):
    """What an operator writes down of one work order: who, which shift, how much paper, material and broke
    (R5.3.1). Made when the work order is finished, or before by hand; stays as it is once the manufacturing
    order is done, except for the supervisor's corrections.
    """

    _name = "paper.production.record"
    _description = "Production Record"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"
    _rec_name = "workorder_id"
    _check_company_auto = True

    workorder_id = fields.Many2one(
        "mrp.workorder", string="Work Order", required=True, index=True, ondelete="restrict", check_company=True
    )
    production_id = fields.Many2one(related="workorder_id.production_id", store=True, index=True)
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id", store=True, index=True)
    product_id = fields.Many2one(related="production_id.product_id")
    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    company_id = fields.Many2one(related="workorder_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True)
    operator_id = fields.Many2one(
        "res.users", string="Operator", required=True, default=lambda self: self.env.user, tracking=True, index=True
    )
    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], tracking=True)
    produced_kg = fields.Float(string="Made (kg)", digits=(16, 3), tracking=True)
    material_kg = fields.Float(string="Material Used (kg)", digits=(16, 3), tracking=True)
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 3), tracking=True)
    note = fields.Text()

    _weights_positive = models.Constraint(
        "CHECK(produced_kg >= 0 AND material_kg >= 0 AND broke_kg >= 0)", "A weight cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._check_unlocked()
        return records

    def write(self, vals):
        self.check_access("write")
        self._check_unlocked()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unless_done(self):
        self._check_unlocked()

    def _check_unlocked(self):
        if self.env.su or self.env.user.has_group(SUPERVISOR):
            return
        done = self.filtered(lambda rec: rec.production_id.state == "done")
        if done:
            raise RecordLockedError(
                self.env._(
                    "%(order)s is done: only the supervisor corrects its records.", order=done[0].production_id.name
                )
            )
