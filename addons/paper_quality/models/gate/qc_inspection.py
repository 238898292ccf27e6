from odoo import api, models

from ..inspection.qc_inspection import QUIET

QUALITY = "paper_base.group_quality"


class QcInspection(models.Model):
    """The inspection of paper that the mill did not make just now: it came back, was found, or was received."""

    _inherit = "qc.inspection"

    def _step_objection(self, state):
        if state == "canceled" and self.kind == "entry":
            return self.env._("%(name)s: what lies in quarantine is inspected, or stays there.", name=self.name)
        if self.state == "waiting" and self.inspector_id == self.env.user:
            return self.env._(
                "%(name)s: what you inspected yourself somebody else of quality, or the management, approves.", name=self.name
            )
        return super()._step_objection(state)

    @api.model
    def _inspect_entries(self, entries):
        """Make the inspections of what entered quarantine, and put them before the quality department.

        :param entries: ``[stock.move.line, …]``, the lines of one move each
        """
        subjects = []
        for lines in entries:
            for lot, own in lines.grouped("lot_id").items():
                quantity = sum(own.mapped("quantity_product_uom"))
                subjects.append((lot, lines.product_id, quantity, lines.move_id))
        return self._make_entry_inspections(subjects)

    @api.model
    def _make_entry_inspections(self, subjects):
        """Make the inspections that hold goods back until they have passed.

        :param subjects: ``[(stock.lot, product.product, quantity, stock.move or False), …]``
        """
        # sudo: the inspection comes with the goods, whoever moves them
        quiet = self.sudo().with_context(**QUIET)
        made = quiet._by_step().create([quiet._prepare_entry_inspection(*subject) for subject in subjects])
        for company, inspections in made.grouped("company_id").items():
            company._paper_tell(QUALITY, inspections, lambda rec: rec.env._("Inspect what lies in quarantine"), quietly=True)
        return self.browse(made.ids)

    @api.model
    def _prepare_entry_inspection(self, lot, product, quantity, move):
        company = (move and move.company_id) or lot.company_id or self.env.company
        spec = lot.paper_spec_id or (move and move.paper_spec_id) or self.env["paper.spec"]
        return {
            **self._prepare_paper_inspection(product, spec, company, "return"),
            "kind": "entry",
            "lot_id": lot.id,
            "picking_id": move and move.picking_id.id,
            "qty": quantity,
        }

    @api.model
    def _paper_passed_loose(self, product, company):
        """Return how much paper without lots was found good in quarantine and has not left it since."""
        passed = self.search(
            [
                ("kind", "=", "entry"),
                ("state", "=", "success"),
                ("lot_id", "=", False),
                ("company_id", "=", company.id),
                ("object_id", "=", f"product.product,{product.id}"),
            ]
        )
        lines = self.env["stock.move.line"].search(
            [
                ("product_id", "=", product.id),
                ("lot_id", "=", False),
                ("state", "=", "done"),
                ("company_id", "=", company.id),
                ("location_id", "child_of", self.env["stock.warehouse"].search([]).paper_quarantine_loc_id.ids),
            ]
        )
        return sum(passed.mapped("qty")) - sum(
            line.quantity_product_uom for line in lines if line._leaves_quarantine()
        )
