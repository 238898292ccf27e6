from odoo import models

from ...exceptions import CertificateRefusedError


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _certificate_productions(self):
        """Return ``{lot: mrp.production}`` of the orders that made these lots."""
        lines = self.env["stock.move.line"].search(
            [("lot_id", "in", self.ids), ("move_id.production_id", "!=", False), ("state", "!=", "cancel")]
        )
        found = {line.lot_id: line.move_id.production_id for line in lines}
        for production in self.env["mrp.production"].search([("lot_producing_ids", "in", self.ids), ("state", "!=", "cancel")]):
            for lot in production.lot_producing_ids & self:
                found.setdefault(lot, production)
        return found

    def _certificate_inspections(self):
        """Return ``{qc.inspection: lots}``: the passed final inspection that stands behind each of these lots.

        A lot that was inspected by itself has that inspection's certificate, all others that of their order.

        :raises CertificateRefusedError: naming each lot without one, and why
        """
        productions, found, problems = self._certificate_productions(), {}, []
        for lot in self:
            production = productions.get(lot)
            finals = (production or lot)._final_inspections_of(lot)
            last = finals.sorted("id")[-1:]
            problem = last._certificate_problem() if last else self.env._("no final inspection stands behind it.")
            if not problem and lot._is_failed():
                problem = self.env._("it failed an inspection of its own.")
            if problem:
                problems.append(self.env._("%(lot)s: %(problem)s", lot=lot.name, problem=problem))
            else:
                found[last] = found.get(last, self.browse()) | lot
        if problems or not self:
            sentences = problems or [self.env._("There is no lot to certify.")]
            raise CertificateRefusedError("\n".join([self.env._("No certificate of analysis:"), *sentences]))
        return found

    def _final_inspections_of(self, lot):
        return self.inspection_ids.filtered(lambda rec: rec.kind == "final" and rec.state != "canceled")

    def _certificates(self, weights=None):
        """Return ``[(qc.inspection, {lot: kg}), …]``, what is certified of these lots by which inspection.

        :param weights: ``{lot: kg}``; what was made where it is not given
        """
        result = []
        for inspection, lots in self._certificate_inspections().items():
            made = weights or inspection._certificate_quantities()
            result.append((inspection, {lot: made.get(lot, 0.0) for lot in lots}))
        return result

    def action_print_certificate(self):
        """Print the certificate of analysis of these lots, in the customer's language."""
        self._certificate_inspections()
        return self.env.ref("paper_quality.action_report_lot_certificate").report_action(self, config=False)

    def action_issue_certificate(self):
        """Issue one certificate of analysis of these rolls, which anybody can verify (R6.1.1); quality."""
        return self.env["paper.certificate"]._issue(self)._get_records_action()
