import re

from odoo import api, models
from odoo.tools.misc import format_amount

from ...exceptions import ContractFieldError
from ...lib import zh_numbers
from ...lib.blanks import BLANK, is_blank
from ...lib.conditions import CONDITION_TEXTS

FIELD = re.compile(r"\{([a-z_]+)\}")
# Fields that a contract can do without: a blank is left for them.
OPTIONAL = {
    "seller_vat",
    "seller_phone",
    "buyer_vat",
    "buyer_phone",
    "customer_order",
    "delivery_contact",
    "change_reason",
    *CONDITION_TEXTS,
} - {"trade_term"}  # a clause that names it says by it where the goods are delivered


class PaperContract(models.Model):
    """What the clauses of a contract say: the fields that they name in braces, filled from the order (R4.1.1)."""

    _inherit = "paper.contract"

    @api.model
    def _fill_labels(self):
        """Return ``{field: label}`` of everything that a clause may name in braces."""
        _ = self.env._
        return {
            "contract_number": _("contract number"),
            "order_number": _("order number"),
            "customer_order": _("customer's order number"),
            "seller_name": _("name of the seller"),
            "seller_address": _("address of the seller"),
            "seller_vat": _("tax number of the seller"),
            "seller_phone": _("telephone of the seller"),
            "buyer_name": _("name of the buyer"),
            "buyer_address": _("address of the buyer"),
            "buyer_vat": _("tax number of the buyer"),
            "buyer_phone": _("telephone of the buyer"),
            "products": _("products and specifications"),
            "quantity": _("quantity"),
            "tolerance": _("quantity tolerance"),
            "amount": _("amount"),
            "tax": _("tax"),
            "delivery_time": _("delivery time"),
            "delivery_place": _("delivery place"),
            "delivery_contact": _("contact at the delivery place"),
            "payment_terms": _("payment terms"),
            "packing": _("packing"),
            "quality_standard": _("quality standard"),
            "inspection_methods": _("inspection methods"),
            **self._condition_labels(),
            "parent_number": _("number of the contract that is changed"),
            "parent_date": _("date of the contract that is changed"),
            "changes": _("what is changed"),
            "change_reason": _("reason of the change"),
        }

    @api.model
    def _fill_places(self):
        """Return ``{field: where}``: the screen on which a person fills in what a contract cannot do without."""
        _ = self.env._
        order_lines = _("order, its lines")
        customer, company = _("customer, name and address"), _("settings, the company's name and address")
        conditions = _("contract, tab Conditions")
        return {
            **dict.fromkeys(self._condition_labels(), conditions),
            "customer_order": _("order, “Customer Reference”"),
            "change_reason": _("supplement, “Reason of the Change”"),
            "delivery_contact": _("delivery address, name and phone"),
            "seller_vat": _("settings, the company's tax number"),
            "seller_phone": _("settings, the company's phone"),
            "buyer_vat": _("customer, tax number"),
            "buyer_phone": _("customer, phone"),
            "products": order_lines,
            "quantity": order_lines,
            "amount": order_lines,
            "delivery_time": _("order, “Delivery Date”"),
            "delivery_place": _("order, “Delivery Address”: street and city of that address"),
            "payment_terms": _("order, “Payment Terms”"),
            "trade_term": _("tab Conditions, “Trade Term” and its place"),
            "quality_standard": _("paper grade, standard and edition; or specification, quality requirement"),
            "buyer_name": customer,
            "buyer_address": customer,
            "seller_name": company,
            "seller_address": company,
        }

    @api.model
    def _check_fields(self, body):
        """Refuse a text that names fields which contracts do not have."""
        unknown = sorted(set(FIELD.findall(body or "")) - self._fill_labels().keys())
        if unknown:
            raise ContractFieldError(
                self.env._(
                    "Contracts have no field {%(field)s}. Known are: %(known)s.",
                    field=unknown[0],
                    known=", ".join(sorted(self._fill_labels())),
                )
            )

    @api.model
    def _fill(self, body, values):
        """Fill the fields of a text; nothing in the text or in the values is ever evaluated.

        :return: the filled text, and the names of the fields without value that a contract cannot do without
        """
        missing = []

        def value_of(match):
            name = match.group(1)
            if name not in values:
                return match.group(0)
            blank = is_blank(values[name])
            if blank and name not in OPTIONAL and name not in missing:
                missing.append(name)
            return BLANK if blank else values[name]

        return FIELD.sub(value_of, body), missing

    def _fill_values(self):
        """Return the value of each field, in the contract's language, '' where the order does not tell."""
        self.ensure_one()
        # sudo: the contract's text is the same whatever of the order its reader may read
        contract = self.sudo().with_context(lang=self.language)
        order, company = contract.order_id, contract.company_id
        lines = order.order_line.filtered(lambda line: line._is_contract_line())
        values = contract._with_none({
            "contract_number": contract.name,
            "order_number": order.name,
            "customer_order": order.client_order_ref or "",
            **contract._party_values("seller", company.partner_id),
            **contract._party_values("buyer", order.partner_id.commercial_partner_id),
            **contract._goods_values(lines),
            "amount": contract._amount_text(),
            "tax": contract._tax_text(),
            **contract._delivery_values(lines),
            "payment_terms": order.payment_term_id.name or "",
            **contract._condition_values(),
            **contract._supplement_texts(),
        })
        values["delivery_time"] = contract._scheduled_time_text(values["delivery_time"])
        return values

    def _party_values(self, side, partner):
        return {
            f"{side}_name": partner.name or "",
            f"{side}_address": self._address_text(partner),
            f"{side}_vat": partner.vat or "",
            f"{side}_phone": partner.phone or "",
        }

    def _address_text(self, partner):
        """Return an address as one line, from the large to the small in Chinese; '' without street and city."""
        if not partner.street and not partner.city:
            return ""
        small = [partner.street, partner.street2]
        if self.language == "zh_CN":
            large = [partner.country_id.name, partner.state_id.name, partner.city]
            return "".join(filter(None, large + small))
        town = " ".join(filter(None, (partner.zip, partner.city)))
        return ", ".join(filter(None, [*small, town, partner.state_id.name, partner.country_id.name]))

    def _date_text(self, date):
        pattern = "yyyy年M月d日" if self.language == "zh_CN" else "d MMMM yyyy"
        return self.company_id._paper_date(date, self.language, pattern)

    def _call_off_time_text(self):
        """Say when the goods of a framework are delivered, "" where the order says so itself."""
        order = self.order_id
        if not order._paper_type_rule("called_off_from"):
            return ""
        return self.env._(
            "in parts, each at the time of the buyer's call-off, from %(begin)s until %(end)s",
            begin=self._date_text(order.paper_valid_from),
            end=self._date_text(order.paper_valid_to),
        )

    def _amount_text(self):
        order = self.order_id
        text = format_amount(self.env, order.amount_total, order.currency_id, lang_code=self.language)
        if self.language == "zh_CN":
            words = order.currency_id.name == "CNY" and zh_numbers.amount(order.amount_total)
            return f"人民币 {text}（大写：{words}）" if words else text
        # A dollar alone does not say whose.
        return f"{text} ({order.currency_id.name}: {order.currency_id.amount_to_text(order.amount_total)})"

    def _tax_text(self):
        order = self.order_id
        return format_amount(self.env, order.amount_tax, order.currency_id, lang_code=self.language)

    # The delivery

    def _delivery_values(self, lines):
        """Say when, where and to whom the goods are delivered: once where it holds for all of them, else by item; '' where
        it is not known for one of them."""
        # Goods beside the paper come with it, where nobody says when.
        dated = lines.filtered(lambda line: line.is_paper or line._paper_delivery_date()) or lines
        dates = {line: self._date_text(line._paper_delivery_date()) for line in dated}
        places = {line: line._paper_delivery_place() for line in lines}
        addresses = {line: self._address_text(place) for line, place in places.items()}
        contacts = {line: " ".join(filter(None, (place.name, place.phone))) for line, place in places.items()}
        return {
            "delivery_time": self._call_off_time_text()
            or self._known_by_item(dated if len({*dates.values()}) == 1 else lines, dates),
            "delivery_place": self._with_trade_term(self._known_by_item(lines, addresses)),
            "delivery_contact": self._by_item(lines, contacts),
        }

    def _with_trade_term(self, place):
        """Return the place of delivery with the trade term, where that is agreed and no clause says it by itself."""
        term = self._trade_term_text()
        if not place or not term or any("{trade_term}" in (clause.body or "") for clause in self.clause_ids):
            return place
        return f"{place}（{term}）" if self.language == "zh_CN" else f"{place}, {term}"

    def _delivery_rows(self):
        """Return the table of deliveries, ``[(items, date, place, packing), …]``; [] where all lines have the same date and
        place, which the clauses say then."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=self.language)  # sudo: the text is the same for every reader
        order, rows = contract.order_id, {}
        if order._is_one_delivery_date() and order._is_one_delivery_place():
            return []
        for number, line in enumerate(contract._contract_lines(), 1):
            place = line._paper_delivery_place()
            where = ("，" if self.language == "zh_CN" else ", ").join(filter(None, (place.name, contract._address_text(place))))
            date = contract._date_text(line._paper_delivery_date()) or "—"
            packing = line.paper_spec_id and line.paper_spec_id._contract_packing()
            rows.setdefault((date, where, packing or "—"), []).append(number)
        return [(", ".join(map(str, numbers)), *row) for row, numbers in rows.items()]

    # The goods

    def _customer_material_text(self):
        """Return what the buyer brings for the goods, "" where they are made of the mill's own pulp."""
        materials = self.order_id.paper_customer_material_ids
        if not materials:
            return ""
        texts = self._joined(material._terms_text() for material in materials)
        return self.env._("made of the buyer's own pulp, which stays the buyer's: %(pulp)s", pulp=texts)

    def _goods_values(self, lines):
        return {
            "products": self._joined([*(line._contract_product() for line in lines), self._customer_material_text()]),
            "quantity": self._quantity_text(lines),
            "tolerance": self._per_spec(lines, "_contract_tolerance", self._tolerance_default()),
            "packing": self._per_spec(lines, "_contract_packing", self._packing_default()),
            "quality_standard": self._quality_text(lines),
            "inspection_methods": self._per_spec(lines, "_contract_methods", self._method_default()),
        }

    @api.model
    def _named(self, name, text):
        return f"{name}：{text}" if self.env.lang == "zh_CN" else f"{name}: {text}"

    @api.model
    def _joined(self, texts):
        return ("；" if self.env.lang == "zh_CN" else "; ").join(dict.fromkeys(filter(None, texts)))

    def _quantity_text(self, lines):
        """Return the quantity of each paper in the customer's unit, and the weight of all; '' if one is unknown."""
        if not lines or not all(line.product_uom_qty for line in lines):
            return ""
        sums = {}
        for line in lines:
            number, unit = line._contract_quantity_unit()
            key = (line._contract_product(), unit)
            sums[key] = sums.get(key, 0) + number
        texts = [(product, f"{lines._contract_number(number)} {unit}") for (product, unit), number in sums.items()]
        text = texts[0][1] if len(texts) == 1 else self._joined(self._named(*item) for item in texts)
        weight = sum(lines.mapped("paper_weight_kg"))
        if not weight:
            return text
        return self.env._("%(quantities)s, in all %(weight)s kg", quantities=text,
                          weight=lines._contract_number(weight))

    def _per_spec(self, lines, method, default):
        """Say once what holds for all the specifications, or what holds for which items of the table of products."""
        texts = {spec: getattr(spec, method)() or default for spec in lines.paper_spec_id}
        return self._by_item(lines, {line: texts[line.paper_spec_id] for line in lines if line.paper_spec_id}) or default

    def _quality_text(self, lines):
        """Return the quality that is agreed for each paper; '' if it is not known for one of them."""
        texts = {spec: spec._contract_quality() for spec in lines.paper_spec_id}
        return self._known_by_item(lines, {line: texts[line.paper_spec_id] for line in lines if line.paper_spec_id})

    def _known_by_item(self, lines, texts):
        """Return what :meth:`_by_item` gives; '' if a text is not known for one of the lines."""
        return self._by_item(lines, texts) if all(texts.values()) else ""

    def _by_item(self, lines, texts):
        """Return each text once, with the numbers of the items that it holds for unless it holds for all.

        :param texts: ``{line: text}``, without the lines of which nothing is said
        """
        items = {}
        for number, line in enumerate(lines, 1):
            if line in texts:
                items.setdefault(texts[line], []).append(number)
        if len(items) <= 1 and sum(map(len, items.values())) == len(lines):
            return next(iter(items), "")
        return self._joined(self._named(self._item_label(numbers), text) for text, numbers in items.items())

    @api.model
    def _item_label(self, numbers):
        """Return what the items of the table of products are called: “items 1, 2, 5”, or “第1、2、5项”."""
        if self.env.lang == "zh_CN":
            return f"第{'、'.join(map(str, numbers))}项"
        return f"item {numbers[0]}" if len(numbers) == 1 else f"items {', '.join(map(str, numbers))}"

    def _tolerance_default(self):
        return self.env._("no tolerance is agreed; article 629 of the Civil Code applies to an excess")

    def _packing_default(self):
        return self.env._("as article 619 of the Civil Code says where nothing is agreed")

    def _method_default(self):
        return self.env._("the test methods named in the agreed quality standard")

    def _contract_lines(self):
        """Return the order lines that the contract is about."""
        self.ensure_one()
        return self.order_id.order_line.filtered(lambda line: line._is_contract_line())

    def _document_title(self):
        """Return the title of the document, in the contract's own language."""
        self.ensure_one()
        titles = {
            "zh_CN": ("纸品买卖合同", "纸品买卖合同补充协议"),
            "en_US": ("Paper Products Sales Contract", "Supplement to the Paper Products Sales Contract"),
        }
        return titles[self.language][bool(self.parent_id)]
