import json

from odoo import fields, models

from ...exceptions import LabelDataError
from ...lib import gs1, roll_codes, zpl
from ..identity.stock_lot import WOUND
from . import drawing


class StockLot(models.Model):
    """What is printed on a roll, outside and inside its core, and how often it was."""

    _inherit = "stock.lot"

    paper_label_count = fields.Integer(string="Labels Printed", by_steps=True, help="One more than once is a reprint.")

    def action_print_label(self):
        """Print the label that goes on the wrapping (R6.1.2)."""
        return self.env.ref("paper_roll.action_report_roll_label").report_action(self)

    def _paper_labels(self, count=True):
        """Return what the labels of these rolls show, and count that they were printed.

        :raises LabelDataError: for a roll that lacks a figure which the mill's standard asks for
        """
        # sudo: whoever prints a label need not read specifications, parents and products
        lots = self.sudo()
        if count:
            for number, same in lots.grouped("paper_label_count").items():
                same._by_step().write({"paper_label_count": number + 1})
        return [lot._paper_label() for lot in lots]

    def _paper_label(self):
        self.ensure_one()
        company = self.company_id or self.env.company
        return {
            "lot": self,
            "company": company,
            "number": self.name,
            "lines": self._paper_label_lines(),
            "symbols": self._paper_symbols(company),
            "qr": self._paper_qr(),
            "reprint": max(self.paper_label_count - 1, 0),
        }

    def _paper_label_lines(self):
        """Return ``[(name, value), …]``: what a person reads on the label, figures with their units."""
        _ = self.env._
        spec = self.paper_spec_id

        def figure(value, unit):
            return f"{value:.10g} {unit}" if value else ""

        lines = [
            (_("Paper"), spec.grade_id.name or self.product_id.name),
            (_("Basis weight"), figure(spec.basis_weight, "g/m²")),
            (_("Width"), figure(self.paper_width, "mm")),
            (_("Diameter"), figure(self.paper_diameter, "mm")),
            (_("Core"), figure(self.paper_core, "mm")),
            (_("Length"), figure(self.paper_length, "m")),
            (_("Gross"), figure(self.paper_gross_kg, "kg")),
            (_("Net"), figure(self.paper_net_kg, "kg")),
            (_("Joints"), str(self.paper_joints) if self.paper_kind in WOUND else ""),
            (_("Machine, crew"), ", ".join(filter(None, (self.paper_machine_id.name, self.paper_crew)))),
            (_("Made on"), self.paper_made_on and self._paper_made_day().isoformat()),
            (_("Order"), spec.reference),
        ]
        return [(name, value) for name, value in lines if value]

    def _paper_made_day(self):
        company = self.company_id or self.env.company
        return company._paper_day(self.paper_made_on) if self.paper_made_on else company._paper_today()

    def _paper_qr(self):
        """Return the text of the two-dimensional code: the figures of the roll by papiNet's names."""
        figures = {
            "ReelNumber": self.name,
            "BasisWeight": self.paper_spec_id.basis_weight,
            "ReelWidth": self.paper_width,
            "ReelDiameter": self.paper_diameter,
            "CoreDiameter": self.paper_core,
            "ReelLength": self.paper_length,
            "NetWeight": self.paper_net_kg,
            "NumberOfSplices": self.paper_joints,
        }
        return json.dumps({name: value for name, value in figures.items() if value}, ensure_ascii=False, separators=(",", ":"))

    def _paper_symbols(self, company):
        """Return ``[{"data", "gs1", "readable", "kind"}, …]`` by the standard that the mill prints."""
        return getattr(self, f"_paper_symbols_{company.paper_label_standard}")(company)

    def _paper_symbols_plain(self, company):
        if not (self.name.isascii() and self.name.isprintable()):
            raise self._label_error(self.env._("a bar code holds letters of the English alphabet, digits and signs only"))
        return [{"data": self.name, "gs1": False, "readable": self.name, "kind": "code128"}]

    def _paper_symbols_gs1(self, company):
        product = (self.product_id.barcode or "").zfill(14)
        if not company.paper_gs1_prefix:
            raise self._label_error(self.env._("the mill has no GS1 company prefix (Settings › Rolls)"))
        if not gs1.is_variable_gtin(product):
            raise self._label_error(self.env._("its article has no GTIN-14 that begins with 9 as its bar code"))
        if not gs1.TEXT.fullmatch(self.name):
            raise self._label_error(self.env._("GS1 allows 20 letters, digits and signs for the number of a roll, and no space"))
        number = gs1.sscc(company.paper_gs1_prefix, self.id)
        if not number:
            raise self._label_error(self.env._("the GS1 company prefix leaves no room for the number of the roll"))
        measures = [("01", product), gs1.weight(self.paper_net_kg)]
        if self.paper_kind in WOUND:
            try:
                measures.append(gs1.roll_product(self.paper_width, self.paper_length, self.paper_core, self.paper_joints))
            except ValueError:
                raise self._label_error(self.env._("its width, length or core is too large for GS1")) from None
        jumbo = self._paper_jumbo().name or ""
        names = [("10", jumbo)] if gs1.TEXT.fullmatch(jumbo) and len(jumbo + self.name) <= 24 else []
        return [
            {"data": gs1.element_string(elements), "gs1": True, "readable": gs1.readable(elements), "kind": "code128"}
            for elements in ([("00", number)], measures, [*names, ("21", self.name)])
        ]

    def _paper_symbols_ifra(self, company):
        machine = next((char for char in reversed(self.paper_machine_id.code or "") if char.isdecimal()), "")
        if not machine or not 0 < self.paper_net_kg < 9999.5:
            raise self._label_error(self.env._("WAN-IFRA asks for a machine whose code has a digit, and a weight up to 9,999 kg"))
        digits = roll_codes.ifra(
            machine,
            self._paper_made_day(),
            self.id,
            self.paper_net_kg,
            self.paper_spec_id.basis_weight,
            company.paper_ifra_manufacturer,
        )
        return [{"data": digits, "gs1": False, "readable": digits, "kind": "interleaved"}]

    def _paper_symbols_tappi(self, company):
        jumbo, own = self._paper_jumbo(), self.paper_parent_link_ids.parent_id.filtered(lambda lot: lot.paper_kind == "set")[:1]
        machine = (self.paper_machine_id.code or "")[-1:]
        reel = "".join(char for char in jumbo.name or "" if char.isdecimal())[-3:]
        if not (company.paper_tappi_mill and machine.isascii() and machine.isalnum() and reel and own):
            raise self._label_error(
                self.env._(
                    "TAPPI asks for the mill's code (Settings › Rolls), a machine with a code, a set and a numbered jumbo reel"
                )
            )
        beside = own.paper_child_link_ids.child_id.sorted("paper_position")
        percent = roll_codes.percent_from_front(beside.mapped("paper_width"), beside.ids.index(self.id))
        number = roll_codes.tappi(
            company.paper_tappi_mill, machine, self._paper_made_day(), int(reel), own.paper_set_number, percent
        )
        return [{"data": number, "gs1": False, "readable": number, "kind": "code128"}]

    def _paper_jumbo(self):
        """Return the jumbo reel that the roll was made of; none where there are several, or none is known."""
        jumbos = self._paper_ancestors()[self].filtered(lambda lot: lot.paper_kind == "jumbo")
        return jumbos if len(jumbos) == 1 else self.browse()

    def _label_error(self, lacking):
        return LabelDataError(
            self.env._("The label of %(roll)s cannot be printed: %(lacking)s.", roll=self.name, lacking=lacking),
            action=self.env["paper.way.out"]._lead_to(self),
        )

    def _paper_drawn(self, symbol):
        """Return a symbol of the label as a drawing."""
        if symbol["kind"] == "qr":
            return drawing.qr(symbol["data"])
        if symbol["kind"] == "interleaved":
            return drawing.interleaved(symbol["data"])
        return drawing.code128(symbol["data"], symbol["gs1"])

    def _paper_zpl(self, label):
        """Return the label in the language of Zebra printers; it has no Interleaved 2 of 5, Code 128 holds the same digits."""
        symbols = [(symbol["data"], symbol["gs1"], symbol["readable"]) for symbol in label["symbols"]]
        return zpl.label(label["number"], label["lines"], symbols, label["qr"])
