from odoo import api, fields, models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import ComputedRecordError

FIGURES = [("produced_kg", "Made"), ("material_kg", "Material Used"), ("broke_kg", "Broke")]
SUPERVISOR = ("paper_base.group_supervisor",)


class PaperRecordCorrection(models.Model):
    """A correction of a record of production: which figure by how much, why and by whom; it is never changed, only followed by
    another one.
    """

    _name = "paper.record.correction"
    _description = "Correction of a Production Record"
    _inherit = ["paper.guarded.mixin"]
    _order = "id desc"
    _rec_name = "reason"
    _evidence_states = ()
    _field_error = ComputedRecordError
    _locked_error = ComputedRecordError

    record_id = fields.Many2one("paper.production.record", required=True, index=True, ondelete="restrict", by_hand={"new": ()})
    company_id = fields.Many2one(related="record_id.company_id", store=True, index=True)
    figure = fields.Selection(FIGURES, required=True, by_hand={"new": ()})
    kg = fields.Float(string="By (kg)", digits=(16, 3), required=True, by_hand={"new": ()}, help="Below zero: it was less.")
    reason = fields.Char(required=True, by_hand={"new": ()})
    user_id = fields.Many2one("res.users", string="By", by_steps=True, default=lambda self: self.env.user)
    corrected_on = fields.Datetime(string="On", by_steps=True, default=fields.Datetime.now)

    _kg_not_zero = models.Constraint("CHECK(kg > 0 OR kg < 0)", "A correction changes a figure.")

    @api.model_create_multi
    def create(self, vals_list):
        corrections = super().create(vals_list)
        for correction in corrections:
            record = correction.record_id
            own = record.operator_id == self.env.user and record.production_state not in ("done", "cancel")
            if not said(correction.reason) or not (own or self._is_one_of(SUPERVISOR)):
                raise ComputedRecordError(
                    self.env._(
                        "%(work)s: the operator corrects the own record until the order is done, then the production supervisor; "
                        "each says why.",
                        work=record.workorder_id.display_name,
                    )
                )
            figure = record[correction.figure] + correction.kg
            if figure < 0:
                raise ComputedRecordError(
                    self.env._("%(work)s: no figure falls below zero.", work=record.workorder_id.display_name)
                )
            # sudo: the entry changes what it corrects, and is kept
            record.sudo()._by_step().write({correction.figure: figure})
            record._check_facts()
        return corrections

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise ComputedRecordError(self.env._("A correction stays; correct it by another one."))
