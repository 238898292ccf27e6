from odoo import api, fields, models

from ..exceptions import ProofError

# What only the steps of the delivery write, whatever the user's rights on transfers.
LOADING_FIELDS = {"paper_notice_id", "paper_loading_state", "paper_loaded", "paper_loaded_on", "paper_loaded_by_id"}
PROOF_FIELDS = {
    "paper_signer",
    "paper_received_on",
    "paper_accepted",
    "paper_proof_remarks",
    "paper_proof_on",
    "paper_proof_by_id",
    "paper_sign_token",
    "paper_sign_expires",
}


class StockPicking(models.Model):
    _inherit = "stock.picking"

    paper_notice_id = fields.Many2one(
        "paper.dispatch.notice", string="Dispatch Notice", readonly=True, copy=False, index="btree_not_null"
    )
    is_paper_dispatch = fields.Boolean(compute="_compute_is_paper_dispatch", compute_sudo=True)

    @api.depends("sale_id.is_paper_order", "location_dest_id.usage", "location_id.usage")
    def _compute_is_paper_dispatch(self):
        for picking in self:
            picking.is_paper_dispatch = (
                picking.sale_id.is_paper_order
                and picking.location_dest_id.usage == "customer"
                and picking.location_id.usage != "customer"
            )

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su and any((LOADING_FIELDS | PROOF_FIELDS) & vals.keys() for vals in vals_list):
            self._refuse_direct_write()
        return super().create(vals_list)

    def write(self, vals):
        if not self.env.su:
            if (LOADING_FIELDS | PROOF_FIELDS) & vals.keys():
                self._refuse_direct_write()
            if "signature" in vals and any(picking.is_paper_dispatch for picking in self):
                self._refuse_direct_write()
        return super().write(vals)

    def _refuse_direct_write(self):
        raise ProofError(
            self.env._("Notice, loading check and proof of delivery are recorded by their steps only, not by hand.")
        )

    # Contents

    def _paper_lines(self):
        """Return the move lines of paper that are loaded: those picked, or all before anything is picked."""
        moves = self.move_ids.filtered(
            lambda move: move.state != "cancel" and (move.product_id.is_paper or move._paper_spec())
        )
        lines = moves.move_line_ids.filtered(lambda line: line.quantity > 0)
        return lines.filtered("picked") or lines

    def _paper_contents(self, by_lot=False):
        """Return ``{(product, spec): kg}`` of what is loaded, with the lot as third where asked.

        A reel counts by its own specification, so that a wrong one does not pass for the ordered one.
        """
        self.ensure_one()
        contents = {}
        for line in self._paper_lines():
            spec = line.lot_id.paper_spec_id or line.move_id._paper_spec()
            key = (line.product_id, spec, line.lot_id) if by_lot else (line.product_id, spec)
            contents[key] = contents.get(key, 0.0) + self._in_kg(line.product_uom_id, line.quantity)
        return contents

    @api.model
    def _in_kg(self, uom, quantity):
        kg = self.env.ref("uom.product_uom_kgm")
        return uom._compute_quantity(quantity, kg, round=False) if uom._has_common_reference(kg) else quantity

    def _after_dispatch(self):
        """Close the notices of the goods that left, and let their customers sign for them."""
        left = self.filtered(lambda picking: picking.state == "done" and not picking.paper_sign_expires)
        for notice in left.paper_notice_id.filtered(lambda rec: rec.state == "planned"):
            if all(picking.state in ("done", "cancel") for picking in notice.picking_ids):
                notice._move_to("done")
        left._prepare_receipts()
        left._open_signing()

    def action_view_paper_notice(self):
        self.ensure_one()
        return self.paper_notice_id._get_records_action(name=self.env._("Dispatch Notice"))
