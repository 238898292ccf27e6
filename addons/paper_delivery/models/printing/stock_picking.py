from odoo import api, fields, models
from odoo.addons.paper_base.lib.portal import PortalDocument
from odoo.addons.paper_quality.exceptions import CertificateRefusedError


class StockPicking(models.Model):
    """What goes with the goods on paper: the delivery note, and the certificates of analysis (R6.1.1)."""

    _inherit = "stock.picking"

    can_print_certificate = fields.Boolean(compute="_compute_can_steps")

    def _note_lines(self):
        """Return what the delivery note prints: a dictionary for each line of the order, product and specification."""
        self.ensure_one()
        result = {}
        for line in self._paper_lines():
            spec = line.lot_id.paper_spec_id or line.move_id._paper_spec()
            order_line = line.move_id.sale_line_id
            unit = order_line.paper_unit or "kg"
            entry = result.setdefault(
                (line.product_id, spec, order_line),
                {
                    "product": line.product_id,
                    "spec": spec,
                    "order_line": order_line,
                    "unit": unit,
                    "kg": 0.0,
                    "gross_kg": 0.0,
                    "nominal_kg": 0.0,
                    "lots": {},
                    "packages": set(),
                },
            )
            kg = self._in_kg(line.product_uom_id, line.quantity)
            entry["kg"] += kg
            entry["gross_kg"] += line.lot_id._paper_share_kg(kg, line.lot_id.paper_gross_kg)
            entry["nominal_kg"] += line.lot_id._paper_share_kg(kg, line.lot_id._paper_nominal_kg(spec))
            if line.lot_id:
                entry["lots"][line.lot_id.name] = entry["lots"].get(line.lot_id.name, 0.0) + kg
            if line.result_package_id or line.lot_id:
                entry["packages"].add(line.result_package_id or line.lot_id)
        names = dict(self.env["sale.order.line"]._paper_units())
        for entry in result.values():
            entry["quantity"] = entry["spec"]._in_unit(entry["kg"], entry["unit"])
            entry["unit_name"] = names[entry["unit"]]
            entry["packages"] = len(entry["packages"])
        return list(result.values())

    def _note_packages(self):
        """Return how many packages the consignee counts: what was packed together, else each reel or pallet by itself; 0
        where goods have neither, so that nobody knows the number.
        """
        self.ensure_one()
        lines = self._paper_lines()
        if not all(line.result_package_id or line.lot_id for line in lines):
            return 0
        return len({line.result_package_id or line.lot_id for line in lines})

    def _note_facts(self):
        """Return the facts above the lines of the note, in rows: ``[[(name, text), …], …]``; '' where nothing is known."""
        self.ensure_one()
        _ = self.env._
        notice, consignee = self.paper_notice_id, self.partner_id
        order = self.sale_id
        left = self.date_done or notice.planned_date
        names = dict.fromkeys(filter(None, (consignee.commercial_partner_id.name, consignee.name)))
        return [
            [
                (_("Delivery Note No."), self.name),
                (_("Order No."), order.name),
                (_("Your Order No."), order.client_order_ref),
            ],
            [
                (_("Consignee"), "\n".join(names)),
                (_("Consignee's Phone"), consignee.phone or consignee.commercial_partner_id.phone),
                (_("Dispatched"), self.company_id._paper_date(left)),
            ],
            [
                (_("Place of Delivery"), notice.delivery_place or consignee._paper_address()),
                (_("Vehicle"), notice.licence_plate),
                (_("Driver"), " ".join(filter(None, (notice.driver_name, notice.driver_phone)))),
            ],
            [
                (_("Number of Packages"), str(self._note_packages() or "")),
                (_("Dispatch Notice"), notice.name),
                (_("Delivery Date"), self.company_id._paper_date(notice.delivery_date)),
            ],
        ]

    # Certificates

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

    def _has_certificates(self):
        """Say whether everything that the delivery brings is certified."""
        self.ensure_one()
        try:
            return bool(self._certificates())
        except CertificateRefusedError:
            return False

    def _paper_portal_papers(self):
        """Return the ``PortalDocument`` of a delivery that its customer may open."""
        self.ensure_one()
        url, _ = f"/my/delivery/{self.id}", self.env._
        signed = _("Signed by %(signer)s", signer=self.paper_signer) if self.paper_proof_on else ""
        papers = [PortalDocument("delivery_note", _("Delivery note %(name)s", name=self.name), f"{url}/note", signed)]
        if self._has_certificates():
            name = _("Certificate of analysis %(name)s", name=self.name)
            papers.append(PortalDocument("certificate", name, f"{url}/certificates"))
        return papers
