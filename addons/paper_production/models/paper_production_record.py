from odoo import api, fields, models

from ..exceptions import RecordLockedError
from .paper_production_plan import SUPERVISOR

# Whoever works writes it down until the order is done, then the supervisor corrects it.
RECORDED = {"new": (), "done": (SUPERVISOR,), "any": ()}


class PaperProductionRecord(models.Model):
    """What an operator writes down of one work order: who, which shift, how much paper, material and broke
    (R5.3.1). Made when the work order is finished, or before by hand; stays as it is once the manufacturing
    order is done, except for the supervisor's corrections.
    """

    _name = "paper.production.record"
    _description = "Production Record"
    _inherit = ["mail.thread", "paper.step.mixin"]
    _order = "date desc, id desc"
    _rec_name = "workorder_id"
    _check_company_auto = True

    _step_field = "production_state"
    _evidence_states = ("done", "cancel")
    _evidence_error = RecordLockedError
    _locked_error = RecordLockedError

    workorder_id = fields.Many2one(
        "mrp.workorder",
        string="Work Order",
        required=True,
        index=True,
        ondelete="restrict",
        check_company=True,
        by_hand=RECORDED,
    )
    production_state = fields.Selection(related="production_id.state", string="Status of the Order", help="")
    production_id = fields.Many2one(related="workorder_id.production_id", store=True, index=True)
    workcenter_id = fields.Many2one(related="workorder_id.workcenter_id", store=True, index=True)
    product_id = fields.Many2one(related="production_id.product_id")
    paper_spec_id = fields.Many2one(related="production_id.paper_spec_id")
    company_id = fields.Many2one(related="workorder_id.company_id", store=True, index=True)
    date = fields.Datetime(required=True, default=fields.Datetime.now, index=True, by_hand=RECORDED)
    operator_id = fields.Many2one(
        "res.users",
        string="Operator",
        required=True,
        default=lambda self: self.env.user,
        tracking=True,
        index=True,
        by_hand=RECORDED,
    )
    shift = fields.Selection([("early", "Early"), ("late", "Late"), ("night", "Night")], tracking=True, by_hand=RECORDED)
    produced_kg = fields.Float(string="Made (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    material_kg = fields.Float(string="Material Used (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    broke_kg = fields.Float(string="Broke (kg)", digits=(16, 3), tracking=True, by_hand=RECORDED)
    note = fields.Text(by_hand=RECORDED)

    _weights_positive = models.Constraint(
        "CHECK(produced_kg >= 0 AND material_kg >= 0 AND broke_kg >= 0)", "A weight cannot be negative."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._is_step():
            records._check_unlocked()
        return records

    def write(self, vals):
        result = super().write(vals)
        if "workorder_id" in vals and not self._is_step():
            # Nor is a record handed to the work of an order that is done.
            self._check_unlocked()
        return result

    def _check_unlocked(self):
        for record in self:
            if not record._is_hand_allowed("workorder_id", record):
                record._refuse_hand(["workorder_id"])

    def _refused_hand_message(self, names):
        return self.env._(
            "%(order)s is done: only the supervisor corrects its records.", order=self[:1].production_id.name
        )
