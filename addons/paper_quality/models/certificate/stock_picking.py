from odoo import models

from ...exceptions import CertificateRefusedError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _certificate_weights(self):
        """Return ``{lot: kg}`` of the paper that these transfers bring, of what is packed or has left."""
        weights = {}
        for line in self.move_line_ids.filtered(lambda rec: rec.product_id.is_paper and rec.quantity > 0 and rec.lot_id):
            weights[line.lot_id] = weights.get(line.lot_id, 0.0) + line.product_uom_id._paper_kg(line.quantity)
        return weights

    def action_issue_certificate(self):
        """Issue one certificate of analysis of the rolls of a delivery, which anybody can verify (R6.1.1); quality.

        :raises CertificateRefusedError: naming each roll that has not passed
        """
        self.ensure_one()
        self.check_access("read")
        weights = self.sudo()._certificate_weights()  # sudo: quality certifies what the warehouse packs
        if not weights:
            raise CertificateRefusedError(self.env._("%(delivery)s brings no roll to certify.", delivery=self.name))
        lots = self.env["stock.lot"].union(*weights)
        return self.env["paper.certificate"]._issue(lots, weights, self)._get_records_action()
