from odoo import api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("machine", "Machine or Section"),
    ("material", "Raw Material"),
    ("process", "Process or Setting"),
    ("handling", "Storage and Handling"),
    ("transport", "Transport"),
    ("customer", "Use by the Customer"),
    ("unknown", "Not Found"),
]


class PaperDefectCause(models.Model):
    """Where a defect comes from: a machine and its section, raw material, transport, the customer's own use. A tree, so that
    summaries count sections and machines alike (R7.3.2)."""

    _name = "paper.defect.cause"
    _description = "Cause of a Defect"
    _parent_store = True
    _order = "complete_name"
    _rec_name = "complete_name"

    name = fields.Char(required=True, translate=True)
    complete_name = fields.Char(compute="_compute_complete_name", store=True, recursive=True)
    kind = fields.Selection(KINDS, required=True, default="machine", index=True)
    parent_id = fields.Many2one("paper.defect.cause", string="Part of", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    active = fields.Boolean(default=True)

    @api.depends("name", "parent_id.complete_name")
    def _compute_complete_name(self):
        for cause in self:
            above = cause.parent_id.complete_name
            cause.complete_name = f"{above} / {cause.name}" if above else cause.name

    @api.depends("name", "parent_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for cause in self:
            names, above = [], cause
            while above:
                names.append(above.name or "")
                above = above.parent_id
            cause.display_name = " / ".join(reversed(names))

    @api.constrains("parent_id")
    def _check_tree(self):
        if self._has_cycle():
            raise ValidationError(self.env._("A cause cannot be part of itself."))
