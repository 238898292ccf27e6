from decimal import Decimal

from odoo import api, fields, models

from ...lib.orderbook import OrderRow, content_key
from ...lib.orderbook.rows import row_contradictions
from ..message.paper_intake_message import WAITING

# Which figure of the order book stands in which field; the tolerance is a fraction there, percent here.
FIGURE_FIELDS = {
    "width_mm": "width",
    "length_mm": "length",
    "weight_kg": "weight",
    "diameter_min_mm": "diameter_min",
    "diameter_max_mm": "diameter_max",
    "core_mm": "core_diameter",
    "basis_weight": "basis_weight",
    "caliper_um": "caliper",
    "deckle_mm": "deckle",
}
# What the items of an order have in common, as a feed names it.
HEAD_FIELDS = {"customer": "partner_id", "currency": "currency_id"}
UNREADABLE_CODES = {
    "too_few_columns",
    "too_many_columns",
    "missing_number",
    "missing_figure",
    "not_a_number",
    "not_finite",
    "ambiguous_number",
    "negative",
    "out_of_range",
    "tolerance_out_of_range",
    "formula",
    "not_a_date",
    "bad_lines",
    "line_head",
    "not_read",
    "bad_file",
}
# Faults that the mill mends without the customer.
OWN_CODES = {
    "no_customer",
    "no_product",
    "no_price_list",
    "unknown_currency",
    "unknown_place",
    "not_created",
    "item_deleted",
    "proposed",
    "unknown_product",
    "later_words",
    "which_order",
    "sender_unknown",
    "no_new_order",
}
# Which field a fault is mended in, where the fault itself does not name it.
FAULT_FIELDS = {
    "missing_number": ["number"],
    "tolerance_out_of_range": ["tolerance"],
    "diameter_range_backwards": ["diameter_min"],
    "width_above_deckle": ["width"],
    "core_not_below_outside": ["core_diameter"],
    "sheet_with_reel_figures": ["length"],
    "duplicate_row": ["number"],
    "number_ordered": ["number"],
    "no_customer": ["partner_id"],
    "no_product": ["product_id"],
    "no_price_list": ["currency_id"],
    "unknown_currency": ["currency_id"],
    "unknown_product": ["product_id"],
    "which_order": ["about_order_id"],
}
# It seems to have come by another channel already: that waits for a person's word, whatever else is said of the arrival.
SUSPECTED = "suspected_duplicate"


class PaperIntakeMessage(models.Model):
    """What keeps an arrival from becoming an order: what contradicts itself, cannot be read, or is not known; each reason
    in a sentence, at the field in which it is mended."""

    _inherit = "paper.intake.message"

    field_reasons = fields.Json(compute="_compute_field_reasons")
    other_reasons = fields.Text(string="Other Reasons", compute="_compute_field_reasons")

    @api.depends("problems")
    @api.depends_context("lang")
    def _compute_reason(self):
        for message in self:
            sentences = [self._problem_sentence(code, params) for code, params in message.problems or []]
            message.reason = "\n".join(sentences)

    @api.depends("problems", "state")
    @api.depends_context("lang")
    def _compute_field_reasons(self):
        for message in self:
            at_field, others = {}, []
            for code, params in message.problems or [] if message.state in WAITING else []:
                text = self._problem_sentence(code, params)
                names = self._fault_fields(code, params or {})
                for name in names:
                    at_field[name] = "\n".join(filter(None, [at_field.get(name), text]))
                if not names:
                    others.append(text)
            message.field_reasons = at_field
            message.other_reasons = "\n".join(others)

    @api.model
    def _fault_fields(self, code, params):
        """Return the fields that a fault is mended in; none where it is the whole arrival's."""
        if code in FAULT_FIELDS:
            return FAULT_FIELDS[code]
        named = FIGURE_FIELDS.get(params.get("field"), params.get("field"))
        return [named] if named in self._fields else []

    def _to_row(self):
        """Return the mended figures as an :class:`OrderRow`, to be checked as a read one is."""
        self.ensure_one()
        figures = {name: Decimal(str(self[field])) for name, field in FIGURE_FIELDS.items()}
        return OrderRow(
            line_no=self.line_no,
            number=self.number or "",
            raw=self.raw,
            tolerance=Decimal(str(self.tolerance)) / 100,
            **figures,
        )

    @api.model
    def _figure_values(self, row):
        """Return the field values of an :class:`OrderRow`; {} of None."""
        if not row:
            return {}
        values = {field: float(getattr(row, name)) for name, field in FIGURE_FIELDS.items()}
        return {**values, "number": row.number, "tolerance": float(row.tolerance * 100)}

    @api.model
    def _entry_values(self, entry):
        """Return the field values of one row of an order book; of one that cannot be read, what of it could."""
        if entry.row:
            return self._figure_values(entry.row)
        told = entry.problem.figures
        values = {field: float(told[name]) for name, field in FIGURE_FIELDS.items() if told.get(name)}
        if told.get("tolerance"):
            values["tolerance"] = float(told["tolerance"] * 100)
        return values

    def _find_problems(self):
        """Return ``{message: [(code, params), …]}`` of what keeps each arrival from becoming an order."""
        ordered, price_lists = self._ordered_numbers(), self._price_lists()
        first_line = {}
        for message in self.sorted("line_no"):
            first_line.setdefault(message._content_key(), message.line_no)
        found = {}
        for message in self:
            problems = message._own_problems()
            if message.currency_id and message.partner_id and message not in price_lists:
                params = {"currency": message.currency_id.name, "customer": message.partner_id.display_name}
                problems.append(("no_price_list", params))
            before = message._ordered_before(ordered) if message.number else None
            if before:
                problems.append(("number_ordered", {"number": message.number, "order": before.order_id.name}))
            elif message.number and first_line[message._content_key()] != message.line_no:
                problems.append(("duplicate_row", {"first_line": first_line[message._content_key()]}))
            found[message] = problems
        return found

    def _own_problems(self):
        """List what one arrival says that cannot be, or does not say at all."""
        self.ensure_one()
        if self.state == "rejected" and not (self.number and self.width and self.weight):
            return self._still_unreadable()
        problems = [self._stored_problem(code, params) for code, params in row_contradictions(self._to_row())]
        problems += self._still_asked()
        if not problems:
            spec = self.env["paper.spec"].new(self._prepare_spec_values())
            problems = [("impossible", {"text": text}) for text in spec._contradictions()]
        if not self.partner_id:
            problems.append(("no_customer", {}))
        if not self.product_id:
            problems.append(("no_product", {}))
        return problems

    def _still_unreadable(self):
        """List what an unreadable arrival still says wrong or not at all; what was mended since is not said again."""
        faults, told = [], set()
        for code, params in self.problems or []:
            names = self._fault_fields(code, params or {})
            if not any(self[name] for name in names):
                faults.append((code, params))
                told.update(names)
        missing = [name for name in ("number", "width", "weight") if not self[name] and name not in told]
        return faults + [
            ("missing_number", {}) if name == "number" else ("missing_figure", {"field": name}) for name in missing
        ]

    def _number_key(self):
        self.ensure_one()
        return self.company_id.id, self.partner_id.commercial_partner_id.id, self.number

    def _content_key(self):
        """Return what the arrival says, as a key: customer, number, every figure, when and where.

        The same paper for another day or to another place is a further item.
        """
        self.ensure_one()
        place = self._told("order").get("partner_shipping_id")
        return self._number_key(), content_key(self._to_row()), self.product_id.id, self.commitment_date, place

    def _ordered_numbers(self):
        """Return ``{number key: arrivals}`` of the numbers that these customers ordered under before."""
        # sudo: what a colleague took in counts as well
        before = self.sudo().with_context(active_test=False).search(
            [
                ("company_id", "in", self.company_id.ids),
                ("number", "in", [number for number in self.mapped("number") if number]),
                ("order_id.state", "!=", "cancel"),
                ("id", "not in", self.ids),
            ]
        )
        return before.filtered("order_id").grouped(lambda message: message._number_key())

    def _ordered_before(self, ordered):
        """Return the arrival that was ordered under this number before; another item of the same list is none."""
        self.ensure_one()
        for other in ordered.get(self._number_key(), ()):
            together = self._source() and other._source() == self._source()
            if not together or other._content_key() == self._content_key():
                return other
        return None

    @api.model
    def _problem_state(self, problems):
        """Return the state of an arrival with these problems."""
        codes = {code for code, _params in problems} - {SUSPECTED}
        if codes & UNREADABLE_CODES:
            return "rejected"
        return "received" if codes <= self._own_codes() else "question"

    @api.model
    def _own_codes(self):
        """Return the problems that the mill mends without the customer. Override to add."""
        return OWN_CODES

    @api.model
    def _problem_sentence(self, code, params):
        """Return a problem as a sentence in the user's language, or the customer's in a letter to him."""
        _ = self.env._
        texts = {
            "too_few_columns": _("The row has %(found)s columns instead of %(expected)s."),
            "too_many_columns": _("The row has %(found)s columns instead of %(expected)s."),
            "missing_number": _("The order number is missing."),
            "missing_figure": _("%(field)s: not given."),
            "not_a_number": _("%(field)s: “%(value)s” is not a number."),
            "not_finite": _("%(field)s: “%(value)s” is not a finite number."),
            "ambiguous_number": _("%(field)s: “%(value)s” may mean thousands or decimals."),
            "negative": _("%(field)s: %(value)s is negative."),
            "out_of_range": _("%(field)s: the value is too long."),
            "tolerance_out_of_range": _("The tolerance %(value)s is not a fraction from 0 to below 1."),
            "formula": _("Cell %(cell)s holds a formula instead of a value."),
            "diameter_range_backwards": _("The outside diameter runs backwards, from %(min)s to %(max)s mm."),
            "width_above_deckle": _("The width of %(width)s mm is above the deckle of %(deckle)s mm."),
            "core_not_below_outside": _("The core of %(core)s mm is not below the outside diameter of %(outside)s mm."),
            "sheet_with_reel_figures": _("A sheet of length %(length)s mm has the diameters of a reel."),
            "duplicate_row": _("The row repeats line %(first_line)s."),
            "number_ordered": _("Order number %(number)s was ordered before, as %(order)s, with other content."),
            "impossible": "%(text)s",
            "no_customer": _("Whose order this is, is not known yet: choose the customer."),
            "no_product": _("Which product this is, is not known yet: choose the product."),
            "no_price_list": _("The order is in %(currency)s; no price list of %(customer)s or the mill is."),
            "unknown_currency": _("“%(value)s” is no currency that the mill deals in."),
            "unknown_place": _("“%(value)s” is not the reference of one delivery address of this customer."),
            "bad_lines": _("The items of the order are no list of items, or more than %(limit)s."),
            "line_head": _("Item %(place)s names another %(field)s than its order: what differs is an order of its own."),
            "not_created": _("The order could not be made: %(text)s"),
            "not_a_date": _("“%(value)s” is not a date (year-month-day)."),
            "ref_again": _("The reference %(ref)s arrived before, with other content."),
            "later_words": _("%(sender)s writes about %(order)s: see to it there, then close this as seen to."),
            "which_order": _("It is about an order that is there, but which: %(orders)s? Choose it."),
            "sender_unknown": _("%(sender)s is not known as an address of %(customer)s."),
            "no_new_order": _("By its own words it is no new order: see what it is about, or take orders from it."),
            "item_deleted": _(
                "%(user)s deleted its item from %(order)s: make the order of it again, or close it as no order."
            ),
            **self._reading_sentences(),
            "not_read": _("The program could not read it: %(text)s"),
            SUSPECTED: _("It looks like %(other)s, which came by “%(channel)s”. Compare them and decide."),
        }
        if code == "bad_file":
            sentence = self.env["paper.intake.upload"]._file_sentence(params["code"], params)
            return f"{params['file']}: {sentence}" if params.get("file") else sentence
        shown = {name: self._shown_param(name, value) for name, value in (params or {}).items()}
        return texts.get(code, code) % ({"field": "", "value": "", "text": "", "why": ""} | shown)

    @api.model
    def _shown_param(self, name, value):
        if name == "why":
            return self._why(value)
        if name == "field":
            field = self._fields.get({**FIGURE_FIELDS, **HEAD_FIELDS}.get(value, value))
            return field._description_string(self.env) if field else self._fact_name(value)
        return f"{value:.10g}" if isinstance(value, float) else value

    @api.model
    def _stored_problem(self, code, params):
        """Return a problem with its parameters as JSON can hold them."""
        plain = {
            name: float(value) if isinstance(value, Decimal) else value if isinstance(value, int) else str(value)
            for name, value in params.items()
        }
        return code, plain
