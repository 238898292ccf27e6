from odoo import Command, api, fields, models

from ...exceptions import InspectionIncompleteError, SamplingError
from ..inspection.qc_inspection import OPEN


class QcInspection(models.Model):
    """The samples that a scheme takes of the lot, and what they say of it."""

    _inherit = "qc.inspection"

    sampling_scheme_id = fields.Many2one(
        "paper.sampling.scheme", string="Sampling", index="btree_not_null", check_company=True, by_steps=True
    )
    sampling_history_id = fields.Many2one("paper.sampling.history", by_steps=True, index="btree_not_null")
    lot_units = fields.Integer(
        string="Units in the Lot",
        help="Reels, pallets or bales: as long as no sample was taken, they may be corrected.",
        by_hand=OPEN,
    )
    severity = fields.Selection(
        [("normal", "Normal"), ("tightened", "Tightened"), ("reduced", "Reduced")], by_steps=True
    )
    sample_ids = fields.One2many("paper.inspection.sample", "inspection_id", string="Samples", copy=False)

    @api.model
    def _prepare_sampling(self, scheme, units, source):
        """Return what a scheme adds to the values of an inspection of a lot.

        :raises SamplingError: while inspection of the source is stopped
        """
        if not scheme:
            return {}
        history = self.env["paper.sampling.history"]._of_source(scheme, source) if scheme.is_switching else None
        severity = history.severity if history else "normal"
        if severity == "stopped":
            severity = "tightened"  # it is inspected, and passes nothing: see _check_sampled
        return {
            "sampling_scheme_id": scheme.id,
            "sampling_history_id": history.id if history else False,
            "lot_units": units,
            "severity": severity,
            "sample_ids": [Command.create(values) for values in scheme._prepare_samples(units, severity)],
        }

    def _take_samples_anew(self):
        """Let the samples follow from the corrected size of the lot.

        :raises SamplingError: where samples were taken already
        """
        for inspection in self.filtered("sampling_scheme_id"):
            if any(sample.taken1 for sample in inspection.sample_ids):
                raise SamplingError(
                    self.env._("%(name)s: samples were taken already; the size of the lot stays.", name=inspection.name)
                )
            # sudo: the samples follow from the scheme, whoever corrects the size
            own = inspection.sudo()
            own.sample_ids._by_step().unlink()
            values = own.sampling_scheme_id._prepare_samples(max(own.lot_units, 1), own.severity or "normal")
            self.env["paper.inspection.sample"].sudo()._by_step().create([{"inspection_id": own.id, **vals} for vals in values])

    def _is_lot_rejected(self):
        self.ensure_one()
        return any(sample.verdict != "accepted" for sample in self.sample_ids)

    def _check_sampled(self):
        """Refuse to conclude an inspection before its samples decide, or while the source is stopped.

        :raises InspectionIncompleteError, SamplingError: naming what is left
        """
        for inspection in self.filtered(lambda rec: not rec._is_closed()):
            left = inspection.sample_ids.filtered(lambda sample: sample.verdict in ("open", "second"))
            if left:
                raise InspectionIncompleteError(
                    self.env._(
                        "%(name)s: samples that decide nothing yet: %(samples)s.",
                        name=inspection.name,
                        samples=", ".join(left.mapped("name")),
                    )
                )
            history = inspection.sudo().sampling_history_id  # sudo: the rule only
            if history.severity == "stopped" and inspection.success:
                raise SamplingError(
                    self.env._(
                        "%(name)s: inspection of %(origin)s is stopped after too many refused lots. Take it up again first.",
                        name=inspection.name,
                        origin=history.display_name,
                    ),
                    action=self.env["paper.way.out"]._lead_to(history),
                )

    def _note_sampled(self):
        """Let the switching rules take these lots into account, each at its first submission."""
        for inspection in self.filtered(lambda rec: rec.sampling_history_id and not rec.again_of_id):
            samples = inspection.sample_ids
            main = samples.sorted("aql")[:1]  # the strictest class decides how much a lot is worth
            plans = [(sample._plan(), sample._found()) for sample in samples]
            inspection.sampling_history_id._note_lot(
                accepted=all(sample.verdict == "accepted" for sample in samples),
                ac=main.ac1,
                stricter=all(
                    sample.class_id and sample.class_id._is_stricter_passed(inspection.lot_units, sum(sample._found()))
                    for sample in samples
                ),
                gap=inspection.severity == "reduced" and any(plan.within_gap(found) for plan, found in plans),
            )
