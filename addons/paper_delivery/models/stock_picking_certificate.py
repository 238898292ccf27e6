from odoo import api, fields, models
from odoo.addons.paper_quality.exceptions import CertificateRefusedError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    can_print_certificate = fields.Boolean(compute="_compute_can_steps")

    @api.depends("is_paper_dispatch")
    def _compute_can_steps(self):
        return super()._compute_can_steps()

    def _act_objection(self, verb):
        if verb == "print_certificate" and (not self.is_paper_dispatch or self.state == "cancel"):
            return self.env._("%(delivery)s brings no paper to certify.", delivery=self.name)
        return super()._act_objection(verb)

    def _certificates(self):
        """Return ``[(qc.inspection, {lot: kg}), …]`` of the paper of a delivery, with the weights that it brings.

        :raises CertificateRefusedError: while something of it has not passed its final inspection
        """
        self.ensure_one()
        weights, loose = {}, {}
        for (product, spec, lot), kg in self._paper_contents("lot").items():
            if lot:
                weights[lot] = weights.get(lot, 0.0) + kg
            else:
                loose[product, spec] = loose.get((product, spec), 0.0) + kg
        lots = self.env["stock.lot"].union(*weights)
        found = lots._certificates(weights) if lots else []
        if not loose and not lots:
            raise CertificateRefusedError(self.env._("%(delivery)s brings no paper to certify.", delivery=self.name))
        made = self.reference_ids._paper_productions()
        for (product, spec), kg in loose.items():
            of_it = made.filtered(lambda rec, p=product, s=spec: rec.product_id == p and rec.paper_spec_id == s)
            inspections = of_it._final_inspections()._certified()
            inspections._check_certificate()
            found += [(inspection, {self.env["stock.lot"]: kg}) for inspection in inspections[-1:]]
        return found

    def action_print_certificate(self):
        """Print the certificates of analysis of what the delivery brings, in its customer's language (R6.1.1)."""
        self.check_access("read")
        self._check_act("print_certificate")
        for picking in self.sudo():  # sudo: see the report
            picking._certificates()
        return self.env.ref("paper_delivery.action_report_certificate").report_action(self, config=False)
