from odoo import models
from odoo.tools.misc import formatLang, get_lang

from ...exceptions import CertificateRefusedError


class QcInspection(models.Model):
    """The certificate of analysis: what a passed final inspection found, as the customer gets it with the goods. It is
    printed from the inspection and says nothing that was not measured: no limit and no verdict of its own.
    """

    _inherit = "qc.inspection"

    def _certificate_number(self):
        """Return the number of the certificate; an inspection has one certificate, so it is the inspection's."""
        self.ensure_one()
        return f"COA-{self.name}"

    def _certificate_problem(self):
        """Return a sentence why there is no certificate of this inspection, '' if there is one."""
        self.ensure_one()
        _ = self.env._
        if self.kind != "final" or not self.production_id:
            return _("%(name)s is no final inspection of finished paper.", name=self.name)
        if self.state == "failed":
            return _("%(name)s failed: what failed gets no certificate.", name=self.name)
        if self.state != "success":
            return _("%(name)s has not passed yet: fill it in and confirm it.", name=self.name)
        same = self.production_id._final_inspections().filtered(lambda rec: rec.lot_id == self.lot_id)
        if same._verdict() != "passed":
            return _("%(name)s was followed by another inspection of the same goods that has not passed.", name=self.name)
        return ""

    def _check_certificate(self):
        """Refuse to certify what has not passed its final inspection.

        :raises CertificateRefusedError: naming each inspection and why
        """
        problems = [problem for problem in (inspection._certificate_problem() for inspection in self) if problem]
        if not self:
            problems = [self.env._("There is no final inspection to certify: the quality department has to make one.")]
        if problems:
            raise CertificateRefusedError("\n".join([self.env._("No certificate of analysis:"), *problems]))

    def _certified(self):
        """Return, of these inspections, the last one of each thing, which alone counts; all the same if it has not passed."""
        last = {}
        for inspection in self.filtered(lambda rec: rec.state != "canceled").sorted("id"):
            last[inspection.production_id, inspection.lot_id] = inspection
        return self.browse().union(*last.values())

    def action_print_certificate(self):
        """Print the certificate of analysis, in the customer's language (R6.1.1)."""
        self._check_certificate()
        return self.env.ref("paper_quality.action_report_certificate").report_action(self, config=False)

    def action_print_certificate_both(self):
        """Print the certificate of analysis in Chinese and in English."""
        self._check_certificate()
        return self.env.ref("paper_quality.action_report_certificate_both").report_action(self, config=False)

    # What it says

    def _certificate_order(self):
        """Return the customer's order that the goods were made for, empty if none is known. Override to tell."""
        return self.env["sale.order"]

    def _certificate_partner(self):
        """Return the customer whose certificate it is, empty if none is known."""
        self.ensure_one()
        return self._certificate_order().partner_id or self.paper_spec_id.partner_id

    def _certificate_language(self):
        """Return the language of the certificate: the customer's."""
        self.ensure_one()
        return self._certificate_partner().lang or self.env.lang or "en_US"

    def _certificate_languages(self):
        """Return the languages of a certificate in both: Chinese where it is installed, and English, in which all is written."""
        return [*(code for code in ("zh_CN",) if self.env["res.lang"]._get_data(code=code)), "en_US"]

    def _certificate_quantities(self):
        """Return ``{stock.lot: kg}`` of what the inspection speaks of: each reel or pallet with its weight.

        Goods without lots are under the empty lot. Before anything is made it is what shall be made.
        """
        self.ensure_one()
        moves = self.production_id.move_finished_ids.filtered(
            lambda move: move.product_id == self.production_id.product_id and move.state != "cancel"
        )
        found = {}
        for line in moves.move_line_ids.filtered(lambda rec: rec.state == "done" or rec.lot_id):
            found[line.lot_id] = found.get(line.lot_id, 0.0) + line.product_uom_id._paper_kg(line.quantity)
        for lot in self.production_id.lot_producing_ids:
            found.setdefault(lot, 0.0)
        own = {lot: kg for lot, kg in found.items() if lot and lot == self.lot_id}
        # What was inspected by itself has a certificate of its own.
        apart = self.production_id._final_inspections().filtered(lambda rec: rec != self and rec.state != "canceled").lot_id
        return own or {lot: kg for lot, kg in found.items() if lot not in apart}

    def _certificate_values(self, quantities=None):
        """Return what the certificate prints, in the language of the environment.

        :param quantities: ``{stock.lot: kg}`` where only a part of the goods is certified, as for a delivery
        :return: ``{"number", "facts": [[(name, text)]], "lots": [(name, kg)], "rows": [dict], "remarks", "company"}``
        """
        self.ensure_one()
        _ = self.env._
        order, partner = self._certificate_order(), self._certificate_partner()
        production, spec = self.production_id, self.paper_spec_id
        quantities = self._certificate_quantities() if quantities is None else quantities
        total = sum(quantities.values())
        facts = [
            (_("Certificate No."), self._certificate_number()),
            (_("Customer"), partner.commercial_partner_id.name),
            (_("Order No."), order.name or production.origin),
            (_("Customer's Order No."), order.client_order_ref),
            (_("Product"), self.product_id.name),
            (_("Specification"), spec.display_name),
            (_("Standard"), spec.grade_id.standard_label),
            (_("Manufacturing Order"), production.name),
            (_("Quantity"), f"{self._certificate_figure(total, 1)} kg" if total else ""),
            (_("Number of Lots"), str(len([lot for lot in quantities if lot]) or "")),
            (_("Inspected on"), self.date_done and self._certificate_day(self.date_done)),
            (_("Inspected by"), self.inspector_id.name),
        ]
        facts = [(name, text) for name, text in facts if text]
        facts += [("", "")] * (-len(facts) % 3)
        return {
            "number": self._certificate_number(),
            "company": self.company_id,
            "facts": [facts[index : index + 3] for index in range(0, len(facts), 3)],
            "lots": [(lot.name, kg) for lot, kg in quantities.items() if lot],
            "rows": [line._certificate_row() for line in self.inspection_lines],
            "remarks": self.external_notes or "",
            "approver": self.approver_id.name or "",
            "inspector": self.inspector_id.name or "",
        }

    def _certificate_day(self, moment):
        """Return the day of a moment in the company's own time: who prints may be anywhere."""
        return self.company_id._paper_date(moment, pattern="yyyy-MM-dd")

    def _certificate_figure(self, value, digits=4):
        """Write a number without the zeros that say nothing."""
        text = formatLang(self.env, value, digits=digits)
        point = get_lang(self.env).decimal_point
        return text.rstrip("0").rstrip(point) if point in text else text
