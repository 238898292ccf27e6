from odoo import Command, fields, models
from odoo.addons.paper_order_intake.lib.answers import AnswerError, read_day, read_figure, read_text
from odoo.exceptions import UserError

from ...exceptions import CompletionAnswerError
from ...lib.required_facts import LINE, ORDER, SPEC

PREFIX = {ORDER: "order", LINE: "line", SPEC: "spec"}
TYPES = {
    "float": "figure",
    "monetary": "figure",
    "integer": "whole",
    "char": "text",
    "text": "text",
    "date": "day",
    "datetime": "day",
    "selection": "choice",
    "many2one": "choice",
}
PLACE = ("street", "city", "state_id", "zip", "country_id", "phone")


class SaleOrder(models.Model):
    _inherit = "sale.order"

    # What is asked, as typed inputs: the customer's page and the dialog of the telephone draw the same list.

    def _completion_questions(self, by_sales=False):
        """Return what to ask about this order, in the language of the environment.

        :param by_sales: also what only sales can tell
        :return: list of dicts: key, title, message, group (the paper it is about), required, and inputs: dicts of
            name, label, type (figure, whole, day, text, choice), options ``[(value, label)]``, value
        """
        self.ensure_one()
        gaps, _total = self._order_gaps()
        shown = {self._gap_key(gap) for gap in [*(g for g in gaps if g["required"]), *self._open_wanted(gaps)]}
        questions, named = [], set()
        for gap in gaps:
            if self._gap_key(gap) not in shown or (gap["by_sales"] and not by_sales):
                continue
            inputs = [item for item in self._gap_inputs(gap) if item["name"] not in named]
            named |= {item["name"] for item in inputs}
            if inputs:
                questions.append(
                    {
                        "key": self._gap_key(gap),
                        "fact": gap["fact"],
                        "title": gap["label"],
                        "message": gap["message"],
                        "group": self._gap_group(gap),
                        "required": gap["required"],
                        "inputs": inputs,
                    }
                )
        # What holds the order up comes first, each paper's questions together.
        places = {question["group"]: place for place, question in enumerate(reversed(questions))}
        return sorted(questions, key=lambda question: (not question["required"], -places[question["group"]]))

    def _gap_group(self, gap):
        line = self.order_line.browse(gap["line"])
        return line.paper_spec_id.display_name or line.product_id.display_name or "" if line else ""

    def _gap_inputs(self, gap):
        """Return the inputs that close a gap. Override to ask by more than the fields themselves."""
        if gap["fact"] == "delivery_place":
            return [self._place_input(name, gap["line"]) for name in PLACE]
        if not gap["id"]:
            return self._new_line_inputs() if gap["fact"] == "product" else []
        if gap["fact"] == "specification":
            return [self._input(self.env[SPEC], "format", f"line-{gap['id']}-format", value="")]
        record = self.env[gap["model"]].browse(gap["id"])
        inputs = [self._input(record, name, minimum=gap["minimum"], maximum=gap["maximum"]) for name in gap["fields"]]
        if gap["fact"] == "quantity":
            inputs.append(self._input(record, "paper_unit", options=self._unit_options(record)))
        return inputs

    def _new_line_inputs(self):
        line = self.env[LINE]
        return [
            self._input(line, "product_id", "new-product_id"),
            self._input(self.env[SPEC], "format", "new-format", value=""),
            self._input(line, "paper_quantity", "new-paper_quantity"),
            self._input(line, "paper_unit", "new-paper_unit", options=self._unit_options(line)),
        ]

    def _unit_options(self, line):
        spec = line.paper_spec_id
        units = {"reel": ("kg", "t", "m", "m2", "reel"), "sheet": ("kg", "t", "m2", "sheet", "ream")}
        allowed = units[spec.format] if spec else ("kg", "t")
        return [(unit, label) for unit, label in line._paper_units() if unit in allowed]

    def _place_input(self, name, line_id=False):
        """Return the input of a part of an address: the order's, or that of a line that goes to a place of its own."""
        partner = self.env["res.partner"]
        country = self.partner_id.country_id or self.company_id.country_id
        value = {"country_id": country.id}.get(name) or ""
        options = None
        if name == "state_id":
            options = [(state.id, state.name) for state in country.state_ids]
        elif name == "country_id":
            options = [(found.id, found.name) for found in partner.country_id.search([])]
        label = self.env._("Phone on site") if name == "phone" else None
        input_name = f"place-{line_id}-{name}" if line_id else f"place-{name}"
        return self._input(partner, name, input_name, options=options, value=value, label=label)

    def _input(self, record, field, name=None, options=None, value=None, label=None, minimum=0, maximum=0):
        definition = record._fields[field]
        kind = TYPES[definition.type]
        if kind == "choice" and options is None:
            options = self._options(record, field)
        if value is None:
            value = record[field] if record and kind in ("figure", "whole", "text") else ""
            value = f"{value:.10g}" if kind in ("figure", "whole") and value else value or ""
        return {
            "name": name or f"{PREFIX[record._name]}-{record.id}-{field}",
            "field": field,
            "label": label or definition._description_string(self.env),
            "type": kind,
            "long": definition.type == "text",
            "options": [[str(key), text] for key, text in options or ()],
            "value": str(value),
            "minimum": minimum,
            "maximum": maximum,
        }

    def _options(self, record, field):
        """Return the choices of a field as ``[(value, label)]``; of other records only what a customer may know."""
        definition = record._fields[field]
        if definition.type == "selection":
            return definition._description_selection(self.env)
        company = [("company_id", "in", (False, self.company_id.id))]
        domains = {
            "account.payment.term": company,
            "account.incoterms": [],
            "paper.grade": [],
            "product.product": [*company, ("is_paper", "=", True), ("sale_ok", "=", True)],
        }
        return [
            (found.id, found.display_name) for found in self.env[definition.comodel_name].search(domains[definition.comodel_name])
        ]

    # What was answered

    def _take_answers(self, posted, by_sales=False):
        """Write the answers into the order: all of them, or none where one cannot be taken.

        Only what this order asks for is looked at, whatever else was sent.

        :param posted: ``{input name: text}``
        :return: ``({question key: text of the answer}, {input name: sentence})``; the second is empty unless refused
        """
        self.ensure_one()
        taken, values, errors = {}, {}, {}
        for question in self._completion_questions(by_sales):
            texts = []
            for item in question["inputs"]:
                raw = posted.get(item["name"])
                if raw is None or not str(raw).strip():
                    continue
                try:
                    value, text = self._read_answer(item, str(raw))
                except AnswerError as error:
                    errors[item["name"]] = self._answer_sentence(error)
                    continue
                values[item["name"]] = value
                # The unit and the country alone are no answer: the page fills them in.
                if item["field"] not in ("paper_unit", "country_id"):
                    texts.append(f"{item['label']}: {text}")
            if texts:
                taken[question["key"]] = "; ".join(texts)
        if taken and not errors:
            errors = self._write_answers(values)
        return ({}, errors) if errors else (taken, {})

    def _read_answer(self, item, raw):
        """Return (value for the field, text for people) of one typed answer."""
        kind = item["type"]
        if kind == "choice":
            options = dict(item["options"])
            if raw not in options:
                raise AnswerError("no_choice")
            value = raw if item["field"] in ("format", "paper_unit") or not raw.isdigit() else int(raw)
            return value, options[raw]
        if kind == "day":
            day = read_day(raw, self.company_id._paper_today())
            return self._noon(day), fields.Date.to_string(day)
        if kind == "text":
            text = read_text(raw)
            return text, text
        top = 100 if item["field"].startswith("tolerance_") else 0
        figure = read_figure(
            raw,
            whole=kind == "whole",
            zero=item["field"].startswith("tolerance_"),
            minimum=item["minimum"],
            maximum=item["maximum"] or top,
        )
        return figure, f"{figure:.10g}"

    def _write_answers(self, values):
        """Write read answers.

        :param values: ``{input name: value}``
        :return: ``{input name: sentence}`` of what contradicts; nothing is written then
        """
        errors = {}
        grouped = {}
        for name, value in values.items():
            prefix, *middle, field = name.split("-")
            grouped.setdefault("-".join([prefix, *middle]), {})[field] = value
        try:
            with self.env.cr.savepoint():
                for target, vals in grouped.items():
                    try:
                        self._write_answer(target, vals)
                        self.env.flush_all()
                    except UserError as error:
                        errors |= {f"{target}-{field}": str(error) for field in vals}
                        raise
        except UserError:
            return errors
        return {}

    def _write_answer(self, target, vals):
        prefix, *rest = target.split("-")
        if prefix == "order":
            self.write(vals)
        elif prefix == "place":
            self._write_place(vals, self.order_line.browse([int(line_id) for line_id in rest]))
        elif prefix == "new":
            self._write_new_line(vals)
        elif prefix == "spec":
            self._write_spec(self.env[SPEC].browse(int(rest[0])), vals)
        else:
            self._write_line(self.order_line.browse(int(rest[0])), vals)

    def _write_line(self, line, vals):
        if "format" in vals:
            line.paper_spec_id = self.env[SPEC].create(self._prepare_answer_spec(line.product_id, vals.pop("format")))
        if vals.keys() - {"paper_unit"}:
            line.write(vals)

    def _write_spec(self, spec, vals):
        """Write figures into a specification; one that other orders share, too, gets a revision for this order."""
        # sudo: the other orders may be anybody's
        others = spec.sudo().order_line_ids.order_id - self
        if not others and not spec.locked:
            spec.write(vals)
            return
        lines = self.order_line.filtered(lambda line: line.paper_spec_id == spec)
        lines.write({"paper_spec_id": spec._revise(vals).id})

    def _write_place(self, vals, line):
        """Write an address of its own: of the order, or of all lines that go where ``line`` goes."""
        if not {"street", "city", "state_id"} & vals.keys():
            return
        country = self.env["res.country"].browse(vals.get("country_id")) or self.partner_id.country_id
        state = self.env["res.country.state"].browse(vals.get("state_id"))
        if state and state.country_id != country:
            vals = {**vals, "state_id": False}
        # An address of its own: that of the customer's company is also on his invoices.
        place = self.env["res.partner"].create(
            {
                "name": self.partner_id.name,
                "type": "delivery",
                "parent_id": self.partner_id.commercial_partner_id.id,
                "company_id": self.partner_id.company_id.id,
                "lang": self.partner_id.lang,
                **vals,
            }
        )
        if line:
            self.order_line.filtered(lambda other: other.paper_shipping_id == line.paper_shipping_id).paper_shipping_id = place
        else:
            self.partner_shipping_id = place
        if not (self._can_be_found(place) if line else self._has_delivery_place()):
            raise CompletionAnswerError(self.env._("A delivery place needs a street and a city."))

    def _write_new_line(self, vals):
        product = self.env["product.product"].browse(vals.get("product_id"))
        if not product or not vals.get("format"):
            raise CompletionAnswerError(self.env._("Choose the product and whether reels or sheets are ordered."))
        line = {"product_id": product.id, "product_uom_qty": 0}
        if vals.get("paper_quantity"):
            line = {
                "product_id": product.id,
                "paper_quantity": vals["paper_quantity"],
                "paper_unit": vals.get("paper_unit", "kg"),
            }
        spec = self.env[SPEC].create(self._prepare_answer_spec(product, vals["format"]))
        self.write({"order_line": [Command.create({**line, "paper_spec_id": spec.id})]})

    def _prepare_answer_spec(self, product, paper_format):
        return {
            "company_id": self.company_id.id,
            "partner_id": self.partner_id.id,
            "grade_id": product.paper_grade_id.id,
            "format": paper_format,
        }
