from odoo import api, fields, models

from ...exceptions import ComputedRecordError

FIGURES = ("produced_kg", "material_kg", "broke_kg")


class PaperProductionRecord(models.Model):
    """One a work order, shift and operator, as the reports of the machine add up; what is wrong is corrected by an entry with its
    reason. What is made counts at the last operation only.
    """

    _inherit = "paper.production.record"

    shift_date = fields.Date(string="Day of the Shift", index=True, by_steps=True)
    is_of_floor = fields.Boolean(string="From the Machine", by_steps=True, help="Computed from what the tablet reported.")
    correction_ids = fields.One2many("paper.record.correction", "record_id", string="Corrections", readonly=True)
    counted_kg = fields.Float(
        string="Counted as Made (kg)",
        digits=(16, 3),
        compute="_compute_counted_kg",
        store=True,
        help="What the last operation made: the operations before made the same paper, and it counts once.",
    )

    _of_floor_once = models.UniqueIndex(
        "(workorder_id, shift_date, shift, operator_id) WHERE is_of_floor", "This shift has its record already."
    )

    @api.depends("produced_kg", "workorder_id.production_id.workorder_ids.state", "workorder_id.sequence")
    def _compute_counted_kg(self):
        for record in self:
            record.counted_kg = record.produced_kg if record.workorder_id.sudo()._floor_makes() else 0.0  # sudo: the order only

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        if not self._is_step():
            records._check_not_computed(FIGURES)
        return records

    def write(self, vals):
        if not self._is_step():
            self._check_not_computed([name for name in FIGURES if name in vals])
        return super().write(vals)

    def _check_not_computed(self, names):
        """Refuse to type figures that the reports of the machine make up.

        :raises ComputedRecordError: naming the work order
        """
        for record in self:
            # sudo: the rule is the same whatever the user may read
            computed = record.sudo().workorder_id.paper_record_ids.filtered("is_of_floor")
            if computed and names and (record in computed or any(record[name] for name in names)):
                raise ComputedRecordError(
                    self.env._(
                        "%(work)s: its records are computed from what was reported at the machine. Correct them by an entry with "
                        "a reason.",
                        work=record.workorder_id.display_name,
                    )
                )
