from odoo import models
from odoo.addons.paper_order_intake.lib.answers import AnswerError, read_day, read_figure, read_text
from odoo.tools.misc import formatLang

FIGURES = {
    "reel": ("basis_weight", "caliper", "width", "reel_diameter_max", "core_diameter"),
    "sheet": ("basis_weight", "caliper", "width", "length", "sheets_per_ream"),
}
NEEDED = {
    "reel": ("basis_weight", "width", "reel_diameter_max", "core_diameter"),
    "sheet": ("basis_weight", "width", "length"),
}
UNITS = {"reel": ("t", "kg", "reel", "m", "m2"), "sheet": ("ream", "sheet", "t", "kg", "m2")}
CHOICES = {"reel": ("winding_direction",), "sheet": ("grain_direction",)}
WORDS = ("packing", "quality_requirement")


class ProductProduct(models.Model):
    _inherit = "product.product"

    # What a visitor of the shop tells about the paper that he wants. Nothing of it is trusted.

    def _paper_read_told(self, told, company):
        """Read what a visitor typed.

        :param told: ``{name: text}``; names that mean nothing here are passed over
        :param company: the mill that he orders from
        :return: ``(values of a paper.spec, quantity, unit, {name: sentence of what is wrong or missing})``
        """
        self.ensure_one()
        paper_format = told.get("format") if told.get("format") in FIGURES else "reel"
        vals = {"format": paper_format, "grade_id": self.paper_grade_id.id, "company_id": company.id}
        errors = {}
        bounds = self._paper_bounds(company)
        for name in FIGURES[paper_format]:
            low, high = bounds.get(name, (0, 0))
            found = self._paper_read(told, name, errors, minimum=low, maximum=high, whole=name == "sheets_per_ream")
            if found:
                vals[name] = found
        for name in CHOICES[paper_format]:
            if told.get(name) in self.env["paper.spec"]._fields[name].get_values(self.env):
                vals[name] = told[name]
        for name in WORDS:
            try:
                vals[name] = read_text(told.get(name) or "")
            except AnswerError as error:
                errors[name] = self.env["sale.order"]._answer_sentence(error)
        quantity = self._paper_read(told, "quantity", errors) or 0.0
        unit = told.get("unit") if told.get("unit") in UNITS[paper_format] else UNITS[paper_format][0]
        for name in (*NEEDED[paper_format], "quantity"):
            if name not in errors and not (vals.get(name) or (name == "quantity" and quantity)):
                errors[name] = self.env._("Please fill this in.")
        return vals, quantity, unit, errors

    def _paper_labels(self):
        """Return what the figures that a visitor types are called in his language: ``{name: words}``."""
        spec = self.env["paper.spec"]
        names = {*FIGURES["reel"], *FIGURES["sheet"], *WORDS}
        labels = {name: spec._fields[name]._description_string(self.env) for name in names}
        line = self.env["sale.order.line"]._fields
        return {
            **labels,
            "quantity": self.env._("Quantity"),
            "delivery_date": line["paper_commitment_date"]._description_string(self.env),
            "delivery_place": line["paper_shipping_id"]._description_string(self.env),
        }

    def _paper_read(self, told, name, errors, **bounds):
        raw = told.get(name)
        if raw is None or isinstance(raw, (list, dict)) or not str(raw).strip():
            return None
        try:
            return read_figure(str(raw)[:64], **bounds)
        except AnswerError as error:
            errors[name] = self.env["sale.order"]._answer_sentence(error)
            return None

    def _paper_read_delivery(self, told, company, places):
        """Read when and where a visitor wants the described paper; both may be told for the whole order later.

        :param places: ``res.partner``, the places that he may choose from
        :return: ``(values of the order line, {name: sentence of what is wrong})``
        """
        vals, errors = {}, {}
        if str(told.get("delivery_date") or "").strip():
            try:
                day = read_day(str(told["delivery_date"])[:64], company._paper_today())
                order = self.env["sale.order"].new({"company_id": company.id})
                vals["paper_commitment_date"] = order._noon(day)
            except AnswerError as error:
                errors["delivery_date"] = self.env["sale.order"]._answer_sentence(error)
        if place := str(told.get("delivery_place") or "").strip():
            found = places.filtered(lambda partner: str(partner.id) == place)
            if found:
                vals["paper_shipping_id"] = found.id
            else:
                errors["delivery_place"] = self.env._("Please choose one of your addresses.")
        return vals, errors

    def _paper_bounds(self, company):
        """Return the bounds that the mill sets to answers, ``{field of paper.spec: (from, to)}``. Override to set them."""
        return {}

    def _paper_quote(self, told, company, pricelist, fiscal_position, currency, places=None):
        """Say what a described paper weighs and costs.

        :param places: where he may have it delivered to, as of :meth:`_paper_read_delivery`
        :param pricelist, fiscal_position, currency: of the visitor
        :return: dict of text, errors, problem (figures that contradict each other), and with a known weight weight,
            equivalents, price, amount as texts in the visitor's language; ok says whether it may go into the cart
        """
        self.ensure_one()
        vals, quantity, unit, errors = self._paper_read_told(told, company)
        errors |= self._paper_read_delivery(told, company, places or self.env["res.partner"])[1]
        spec = self.env["paper.spec"].new(vals)
        problem = "\n".join(spec._contradictions())
        weight = spec._convert(quantity, unit, "kg", raise_if_missing=False) if quantity else 0.0
        if quantity and not weight and not errors and not problem:
            errors["quantity"] = self._paper_uncountable(spec, quantity, unit)
        result = {"text": spec.display_name, "errors": errors, "problem": problem, "ok": False, "weight": ""}
        if weight and not problem:
            line = self.env["sale.order.line"].new({"paper_spec_id": spec, "paper_quantity": quantity, "paper_unit": unit})
            price, amount, uom = self._paper_price(weight, pricelist, fiscal_position, currency)
            result |= {
                "weight": f"{formatLang(self.env, weight, digits=1)} kg",
                "equivalents": line.paper_equivalents or "",
                "price": f"{formatLang(self.env, price, currency_obj=currency)} / {uom.name}" if price else "",
                "amount": formatLang(self.env, amount, currency_obj=currency) if price else "",
                "ok": not errors,
            }
        return result

    def _paper_uncountable(self, spec, quantity, unit):
        try:
            spec._convert(quantity, unit, "kg")
        except ValueError as error:
            return str(error)
        except Exception as error:  # the named errors of the conversion say which figure is missing
            return str(error)
        return ""

    def _paper_price(self, weight, pricelist, fiscal_position, currency):
        """Return (price per unit of measure, amount, unit of measure) without taxes of a weight in kg."""
        kg = self.env["uom.uom"]._kilogram()
        uom = self.uom_id
        quantity = kg._compute_quantity(weight, uom, rounding_method="HALF-UP") if uom._has_common_reference(kg) else 0.0
        price = pricelist._get_product_price(self, quantity or 1.0, currency=currency, uom=uom)
        taxes = self.taxes_id._filter_taxes_by_company(self.env.company)
        taxes = fiscal_position.map_tax(taxes) if fiscal_position else taxes
        totals = taxes.compute_all(price, currency, quantity, product=self)
        unit_price = taxes.compute_all(price, currency, 1.0, product=self)["total_excluded"]
        return unit_price, totals["total_excluded"], uom
