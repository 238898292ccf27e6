import re

from odoo import api, fields, models
from odoo.fields import Domain

from ...exceptions import IntakeStateError
from ...lib.arrival_text import storable
from ...lib.reading import ASKED, PROPOSED, Fact
from ...lib.reading.cells import bare_name
from ...lib.reading.figures import KG, key
from ...lib.reading.plainness import doubted
from ..message.paper_intake_message import WAITING
from ..problem.paper_intake_message import FIGURE_FIELDS

# Which fact of a letter stands in which field.
FACT_FIELDS = {
    "order_number": "number",
    "grade": "product_id",
    "basis_weight": "basis_weight",
    "thickness_um": "caliper",
    "width_mm": "width",
    "length_mm": "length",
    "core_mm": "core_diameter",
    "quantity": "weight",
    "delivery_date": "commitment_date",
    "payment": "payment_term_id",
    "currency": "currency_id",
    "customer": "partner_id",
}
# What is asked and no order of this paper can do without: it is mended before, the rest the order asks for by itself.
NEEDED = ("weight", "width", "length", "basis_weight", "caliper", "core_diameter", "diameter_min")
WORDS = ("remark", "quality", "packing", "certificate")
COUNTS = ("ream", "sheet", "reel")
PROPOSAL, QUESTION, UNKNOWN = "proposed", "asked", "unknown_product"


class PaperIntakeMessage(models.Model):
    """What was read of a letter and its lists. What is certain goes on by itself; what is probably meant so waits, filled
    in beside the original, for one click; what has two senses is asked. What was not read is told (R3.1.1, R3.2.1)."""

    _inherit = "paper.intake.message"

    facts = fields.Json(by_steps=True, help="What was read, as it was written.")
    can_take_proposal = fields.Boolean(compute="_compute_can_take_proposal")

    @api.depends("state", "problems", "child_ids.state", "child_ids.problems", "proposal", "about_order_id.state")
    def _compute_can_take_proposal(self):
        for message in self:
            message.can_take_proposal = message._proposes_to_its_order() or bool(message._taken_together()._proposed())

    def _taken_together(self):
        """Return what one click takes: all papers of a letter or list, on it and on each paper of it that is proposed."""
        self.ensure_one()
        return self.child_ids or (self._proposed() and (self.parent_id.child_ids | self.upload_id.arrival_ids)) or self.browse()

    def _proposes_to_its_order(self):
        """Say whether something was read in its words that the order which it is about can still take."""
        self.ensure_one()
        return bool(self.proposal) and self.state in WAITING and self.about_order_id.state in ("draft", "sent")

    def _proposed(self):
        """Return those of these that wait as a proposal which somebody only has to confirm."""
        waiting = self.filtered(lambda message: message.state in WAITING and not message.pending)
        return waiting.filtered(lambda message: PROPOSAL in {code for code, _params in message.problems or ()})

    def action_take_proposal(self):
        """Take what was read, as it stands, by one click (R3.1.1, R3.2.1): all papers of a letter become its order; what a
        later letter says goes into the order that it is about, and the letter is seen to.

        :raises IntakeStateError: there is nothing to take, or the order is past that
        """
        self.check_access("write")
        for message in self:
            if not message.can_take_proposal:
                raise IntakeStateError(
                    self.env._(
                        "Nothing of %(message)s can be taken over by itself: read it, and enter it at the order.",
                        message=message.display_name,
                    )
                )
        later = self.filtered(lambda message: message._proposes_to_its_order())
        for message in later:
            message.about_order_id.check_access("write")
            message._write_proposal(message.proposal)
        if later:
            later.action_settle()
        return self.browse().union(*(message._taken_together() for message in self))._take_proposed()

    def _take_proposed(self):
        """Make the orders of those of these that were proposed, and open them."""
        proposed = self._proposed()
        if proposed:
            proposed.action_process()
        orders = self.order_id
        return orders._get_records_action(name=self.env._("Orders")) if proposed and orders else False

    @api.model
    def _doubts(self, row):
        """Return as problems which figures of an :class:`OrderRow` no paper has: the unit or the pen slipped."""
        fields_of = {**FIGURE_FIELDS, "diameter_max_mm": "diameter_min"}
        return [
            self._stored_problem(QUESTION, {"field": fields_of[name], "value": f"{getattr(row, name):f}", "why": "implausible"})
            for name in doubted(row)
        ]

    @api.model
    def _emptied(self, doubts):
        """Return the values that empty the fields of doubtful figures; an outside diameter stands in two."""
        names = {params["field"] for _code, params in doubts}
        return dict.fromkeys(names | ({"diameter_max"} if "diameter_min" in names else set()), 0)

    # From a reading to arrivals

    def _split_reading(self, reading):
        """Store each paper of a letter as an arrival: to be made an order, or waiting with what was read of it."""
        self.ensure_one()
        rows = [
            {**row, "external_ref": f"{self.external_ref}#r{place}", "raw": row["raw"] or self.raw}
            for place, row in enumerate(self._reading_rows(reading), 1)
        ]
        # A file that cannot be read, beside a list that can, is an arrival that waits for a person.
        unread = [text for code, text in reading.told if code == "file_not_read"]
        for place, text in enumerate(unread):
            problems = [["not_read", {"text": text}]]
            rows.append({"external_ref": f"{self.external_ref}#f{place}", "raw": text, "state": "rejected", "problems": problems})
        self._keep_reading(reading)
        self._split(rows)

    def _reading_rows(self, reading):
        """Return the values of an arrival of each paper of a reading, without what tells it from others of its channel."""
        self.ensure_one()
        known = self._known_words(reading)
        rows, columns = [], ", ".join(text for code, text in reading.told if code == "column")
        line_no = 0
        for item in reading.items:
            # The rows of a second table begin anew, and come after those of the first all the same.
            line_no = item.line_no if item.line_no > line_no else line_no + 1
            facts = {**reading.head, **item.facts}
            values, problems = self._reading_values(facts, known)
            state = {"pending": True}
            if problems:
                stored = [self._stored_problem(code, params) for code, params in problems]
                state = {"problems": stored, "state": self._problem_state(stored)}
            rows.append(
                {
                    "line_no": line_no,
                    "raw": storable(item.raw),
                    "facts": {name: fact.as_dict() for name, fact in facts.items()},
                    "unread_columns": storable(columns, 500),
                    **values,
                    **state,
                }
            )
        return rows

    def _keep_reading(self, reading):
        """Keep with a letter what it is, what holds for all of it, and what was not read."""
        head = {name: fact.as_dict() for name, fact in reading.head.items()}
        self._keep({"facts": {"kind": reading.kind, "head": head}, "told": self._told_of(reading)})

    @api.model
    def _told_of(self, reading):
        """Return what was not read, or is unusual, as it is stored."""
        return [[code, storable(text, 500)] for code, text in reading.told[:500]]

    def _reading_values(self, facts, known):
        """Return the field values of one paper's facts, and what somebody has to look at: [(code, params)]."""
        self.ensure_one()
        values, details, problems = {}, {}, []
        for name, fact in facts.items():
            field = FACT_FIELDS.get(name) or {"diameter_mm": "diameter_min", "form": "length"}.get(name)
            if fact.state == ASKED:
                problems.append((QUESTION, {"field": field or name, "value": fact.written, "why": fact.why}))
                if name == "customer":
                    values["partner_id"] = False
                continue
            if fact.state == PROPOSED and (name != "form" or fact.why == "no_length"):
                problems.append((PROPOSAL, {"field": field or name, "value": fact.written or str(fact.value), "why": fact.why}))
            self._fill(values, details, name, fact, known)
        if "grade" in facts and facts["grade"].value and not values.get("product_id"):
            values["product_id"] = False
            problems.append((UNKNOWN, {"value": str(facts["grade"].value)}))
        texts = [str(facts[name].value) for name in WORDS if name in facts and facts[name].value]
        if texts:
            values["quality_requirement"] = storable("\n".join(dict.fromkeys(texts)), 4000)
        self._fill_quantity(values, details, facts)
        if details:
            values["details"] = details
        return values, problems

    def _fill(self, values, details, name, fact, known):
        value = fact.value
        if name in ("basis_weight", "thickness_um", "width_mm", "length_mm", "core_mm"):
            values[FACT_FIELDS[name]] = value
        elif name == "diameter_mm":
            values |= {"diameter_min": value, "diameter_max": value}
        elif name == "order_number":
            values["number"] = storable(value, 64)
        elif name == "delivery_date":
            values["commitment_date"] = self.company_id._paper_noon(fields.Date.to_date(value))
        elif name == "tolerance" and (number := re.search(r"(\d+(?:[.,]\d+)?)\s*%?", str(value))):
            values["tolerance"] = float(number.group(1).replace(",", "."))
        elif name == "form":
            details.setdefault("spec", {})["format"] = value
        elif name == "grain":
            details.setdefault("spec", {})["grain_direction"] = value
        elif name == "grade" and (product := known["grade"].get(key(value)) or known["grade"].get(key(bare_name(value)))):
            values["product_id"] = product
        elif name == "payment" and (term := known["payment"].get(key(value))):
            values["payment_term_id"] = term
        elif name == "currency" and (currency := known["currency"].get(value)):
            values["currency_id"] = currency
        elif name == "delivery_place" and (place := known["place"].get(key(value))):
            details.setdefault("order", {})["partner_shipping_id"] = place

    def _fill_quantity(self, values, details, facts):
        fact = facts.get("quantity")
        if not fact or fact.value is None:
            return
        if fact.unit in KG:
            values["weight"] = fact.value * float(KG[fact.unit])
            if fact.unit == "t":
                details["line"] = {"paper_quantity": fact.value, "paper_unit": "t"}
            return
        if fact.unit not in COUNTS:
            return
        details["line"] = {"paper_quantity": fact.value, "paper_unit": fact.unit}
        spec = self.env["paper.spec"].new(
            {
                "format": details.get("spec", {}).get("format") or "sheet",
                "basis_weight": values.get("basis_weight", 0),
                "width": values.get("width", 0),
                "length": values.get("length", 0),
            }
        )
        values["weight"] = spec._convert(fact.value, fact.unit, "kg", raise_if_missing=False)

    # Whom and what the words name

    def _known_words(self, reading):
        """Return {fact: {word: id}} of the products, terms, currencies and places that the mill knows by these words."""
        texts = {name: set() for name in ("grade", "payment", "currency", "delivery_place")}
        for facts in [reading.head, *(item.facts for item in reading.items)]:
            for name, found in texts.items():
                if isinstance(facts.get(name), Fact) and facts[name].value:
                    found.add(facts[name].value)
        return {
            "grade": self._known_products() if texts["grade"] else {},
            "payment": self._named_ids("account.payment.term", Domain.TRUE) if texts["payment"] else {},
            "currency": self._feed_currencies(texts["currency"]),
            "place": self._known_places(texts["delivery_place"]),
        }

    def _named_ids(self, model, domain):
        """Return {name in any language: id} of the company's records, without names that several have."""
        own = Domain("company_id", "in", [False, self.company_id.id])
        # sudo: whoever brings the letter, the mill's own words are looked up
        records = self.env[model].sudo().search(domain & own)
        return _alone(self._called(records, lambda record: (record.name,)))

    def _called(self, records, names_of):
        """Return {name: ids} of records by what they are called in any language.

        :param names_of: function of a record that gives its names, empty ones among them
        """
        found = {}
        for lang, _name in self.env["res.lang"].get_installed():
            for record in records.with_context(lang=lang):
                for name in filter(None, names_of(record)):
                    found.setdefault(key(name), set()).add(record.id)
        return found

    def _known_products(self):
        """Return {product's or grade's name: id} of the papers of the mill, without names that several have."""
        own = Domain("company_id", "in", [False, self.company_id.id])
        # sudo: as above
        products = self.env["product.product"].sudo().search(Domain("is_paper", "=", True) & own)
        grades = self._called(products, lambda product: (product.paper_grade_id.name,))
        return _alone({**grades, **self._called(products, lambda product: (product.name, product.default_code))})

    def _known_places(self, texts):
        """Return {words: id} of the customer's addresses, where the words name exactly one."""
        customer = self.partner_id.commercial_partner_id
        if not texts or not customer:
            return {}
        # sudo: whoever brings the letter, the customer's addresses are looked up
        places = self.env["res.partner"].sudo().search([("commercial_partner_id", "=", customer.id)])
        found = {}
        for text in texts:
            words = key(text)
            names = {place: [key(name) for name in (place.name, place.street, place.contact_address) if name] for place in places}
            fitting = [
                place.id
                for place, known in names.items()
                if any(len(name) > 3 and (name in words or words in name) for name in known)
            ]
            if len(fitting) == 1:
                found[words] = fitting[0]
        return found

    # What is said of it

    def _still_asked(self):
        """List what the letter left open and nobody has filled in since."""
        self.ensure_one()
        return [
            (code, params)
            for code, params in self.problems or ()
            if code == QUESTION and params.get("field") in NEEDED and not self[params["field"]]
        ]


def _alone(called):
    """Return {name: id} of {name: ids}, without names that several have."""
    return {name: next(iter(ids)) for name, ids in called.items() if name and len(ids) == 1}
