from odoo import api, fields, models

KINDS = [
    ("field", "Changed"),
    ("added", "Added"),
    ("removed", "Removed"),
    ("cancelled", "Cancelled"),
    ("deleted", "Deleted"),
    ("unplanned", "Schedule Taken Back"),
    ("planned", "Scheduled Anew"),
    ("excess", "Made beyond the Order"),
    ("unconsumed", "Made without Material"),
    ("left_over", "Stocked for Nobody"),
]


class PaperPlanChange(models.Model):
    """One thing that a supervisor changed in an approved plan: who, when, what, from, to; why stands in its amendment."""

    _name = "paper.plan.change"
    _description = "Change of a Production Plan"
    _inherit = ["paper.step.mixin"]
    _order = "id desc"
    _rec_name = "production_name"
    _all_by_steps = True

    amendment_id = fields.Many2one("paper.plan.amendment", required=True, index=True, ondelete="restrict")
    plan_id = fields.Many2one(related="amendment_id.plan_id", store=True, index=True)
    company_id = fields.Many2one(related="amendment_id.company_id", store=True, index=True)
    user_id = fields.Many2one(related="amendment_id.user_id", string="Supervisor")
    reason = fields.Text(related="amendment_id.reason")
    changed_on = fields.Datetime(required=True)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", ondelete="set null", index="btree_not_null")
    # The order may be deleted by this very change.
    production_name = fields.Char(string="Order", required=True)
    kind = fields.Selection(KINDS, required=True, default="field")
    subject = fields.Char(help="The work order or component, where it is not the manufacturing order itself.")
    res_model = fields.Char(required=True)
    field_name = fields.Char()
    what = fields.Char(compute="_compute_what")
    old_value = fields.Char(string="From")
    new_value = fields.Char(string="To")

    @api.depends("kind", "subject", "res_model", "field_name")
    @api.depends_context("lang")
    def _compute_what(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for change in self:
            fields_of = self.env[change.res_model]._fields if change.res_model in self.env else {}
            field = fields_of.get(change.field_name)
            label = field._description_string(self.env) if field else kinds.get(change.kind)
            change.what = " · ".join(filter(None, (change.subject, label)))
