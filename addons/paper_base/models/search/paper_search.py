import re
from urllib.parse import urlsplit

from odoo import api, models
from odoo.fields import Domain
from odoo.http import request
from odoo.tools import SQL

from ...lib.search import Sought, clean, has_chinese, linked, literal, mark_sql, scanned, without_country

# Records of one kind that the box shows, and that the list behind "more" holds.
ROWS = 6
MOST = 200
# Shorter texts are the beginning of a number: no index knows less than three characters within one.
WITHIN = 3
SHORTEST = 2
# The last four characters of a plate or a telephone number are looked for; seven of them name one.
SHORTEST_MARK = 4
NAMING_MARK = 7


class PaperSearch(models.AbstractModel):
    """What the one search box finds: numbers of whatever the mill has, and only what the person may read.

    Every addon adds its kinds of records in :meth:`_paper_sought`.
    """

    _name = "paper.search"
    _description = "Search Box"

    # What addons add

    @api.model
    def _paper_sought(self):
        """List the kinds of records, as :class:`~odoo.addons.paper_base.lib.search.Sought`, in the order of the box.

        Override to add: call ``super()``, put your own into the list and return it.
        """
        _ = self.env._
        return [
            Sought(
                code="order",
                name=_("Orders"),
                model="sale.order",
                numbers=("name", "client_order_ref"),
                order="id",
                link=r"/my/orders/(\d+)",
                sequence="sale.order",
            ),
            Sought(
                code="customer",
                name=_("Customers and Contacts"),
                model="res.partner",
                numbers=("ref", "vat", "email"),
                texts=("name",),
                marks=("phone",),
            ),
            Sought(
                code="invoice",
                name=_("Invoices"),
                model="account.move",
                domain=[("move_type", "in", ("out_invoice", "out_refund"))],
                order="invoice_line_ids.sale_line_ids.order_id",
                partner="partner_id",
                stage="payment_state",
                link=r"/my/invoices/(\d+)",
            ),
        ]

    # What the web client asks

    @api.model
    @api.readonly
    def find(self, text):
        """Return what a text that was typed or scanned may mean.

        :param text: a number or a part of one, a name, or what a code says: GS1, or a link of the portal
        :return: ``{"kinds": [{"code", "name", "rows": [row], "more"}], "open": row or False}``; ``open`` is the one
            record whose number it is, where there is exactly one; the records whose number it is stand first
        """
        text = clean(text)
        path = linked(text, self._hosts())
        if path or text.startswith("http"):
            return self._answer(self._find_linked(path))
        found = []
        for value in scanned(text) if len(text) >= SHORTEST or text.isdecimal() else ():
            found = self._find(value)
            if found:
                break
        return self._answer(found)

    @api.model
    def get_more(self, code, text):
        """Return the action that opens all that was found of a kind, at most 200 records."""
        kind = next((kind for kind in self._readable_kinds() if kind.code == code), None)
        text = clean(text)
        if not kind or len(text) < SHORTEST:
            return False
        domain = self._exact_domain(kind, text) | self._part_domain(kind, text)
        records = self.env[kind.model].search(Domain(kind.domain) & domain, limit=MOST)
        return self.env["paper.way.out"]._open(records, name=kind.name)

    # Finding

    @api.model
    def _readable_kinds(self):
        return [kind for kind in self._paper_sought() if self.env[kind.model].has_access("read")]

    @api.model
    def _find(self, text):
        """Return ``[(kind, records whose number it is, further records)]`` of the kinds in which something was found.

        All kinds are asked in one question.
        """
        kinds = self._readable_kinds()
        whole = self._whole_numbers(kinds, text)
        most, questions = ROWS + 1, []
        for place, kind in enumerate(kinds):
            model, domain = self.env[kind.model], Domain(kind.domain)
            # Among those of which it is a part are those whose number it is.
            asked = ((self._exact_domain(kind, text, whole), most), (self._part_domain(kind, text), 2 * most))
            for is_part, (sought, limit) in enumerate(asked):
                query = model._search(domain & sought, order=model._order, limit=limit)
                if not query.is_empty():
                    told = SQL("%s AS place, %s AS is_part, id, row_number() OVER () AS turn", place, is_part)
                    questions.append(SQL("SELECT %s FROM (%s) AS sought", told, query.select()))
        ids = {}
        if questions:
            asked = SQL("%s ORDER BY place, is_part, turn", SQL(" UNION ALL ").join(questions))
            for place, is_part, record_id, _turn in self.env.execute_query(asked):
                ids.setdefault(place, ([], []))[is_part].append(record_id)
        found = []
        for place, (exact, parts) in ids.items():
            records = self.env[kinds[place].model]
            others = [record_id for record_id in parts if record_id not in exact][: most - len(exact)]
            shown = records.browse([*exact, *others])
            found.append((kinds[place], shown[: len(exact)], shown[len(exact) :]))
        return found

    @api.model
    def _find_linked(self, path):
        for kind in self._readable_kinds() if path else ():
            match = kind.link and re.fullmatch(f"(?:/[a-z]{{2}}(?:_[A-Z]{{2}})?)?{kind.link}(?:/.*)?", path)
            # An id that no database holds is nobody's.
            if match and len(match.group(1)) < 10:
                record = self.env[kind.model].search(Domain(kind.domain) & Domain("id", "=", int(match.group(1))))
                return [(kind, record, record.browse())] if record else []
        return []

    @api.model
    def _hosts(self):
        """Return the names under which the mill is reached."""
        base = urlsplit(self.env["ir.config_parameter"].sudo().get_param("web.base.url") or "")  # sudo: links show it
        return {name for name in (base.hostname, request and urlsplit(request.httprequest.host_url).hostname) if name}

    @api.model
    def _whole_numbers(self, kinds, text):
        """Return ``{code of a sequence: numbers}`` that are said shortly by their digits: 18 for S00018."""
        if not text.isascii() or not text.isdecimal() or len(text) > 9:
            return {}
        codes = [kind.sequence for kind in kinds if kind.sequence]
        companies = [False, *self.env.companies.ids]
        domain = Domain("code", "in", codes) & Domain("company_id", "in", companies)
        numbers = {}
        # sudo: how documents are numbered is no secret to those who read them
        for sequence in self.env["ir.sequence"].sudo().search(domain):
            prefix, suffix = sequence._get_prefix_suffix()
            numbers.setdefault(sequence.code, []).append(f"{prefix}{int(text):0{sequence.padding}d}{suffix}")
        return numbers

    def _own_fields(self, model, names):
        """Return those of the fields that the user may read."""
        return [name for name in names if model._has_field_access(model._fields[name], "read")]

    def _exact_domain(self, kind, text, whole=None):
        model = self.env[kind.model]
        pattern = literal(text)
        found = [Domain(name, "=ilike", pattern) for name in self._own_fields(model, (*kind.numbers, *kind.texts))]
        numbers = (whole or {}).get(kind.sequence, ())
        # As the typed text: an index knows patterns of a number, not the number itself.
        found += [Domain(self._own_fields(model, kind.numbers)[0], "=ilike", literal(number)) for number in numbers]
        mark = without_country(text)
        if len(mark) >= NAMING_MARK:
            found += [self._mark_domain(name, mark) for name in self._own_fields(model, kind.marks)]
        return Domain.OR(found)

    def _part_domain(self, kind, text):
        if len(text) < SHORTEST:
            return Domain.FALSE
        model = self.env[kind.model]
        pattern = literal(text)
        within = ("ilike", pattern)
        begins = ("=ilike", f"{pattern}%")
        in_numbers = within if len(text) >= WITHIN else begins
        in_texts = within if len(text) >= WITHIN or has_chinese(text) else begins
        found = [Domain(name, *in_numbers) for name in self._own_fields(model, kind.numbers)]
        found += [Domain(name, *in_texts) for name in self._own_fields(model, kind.texts)]
        mark = without_country(text)
        if len(mark) >= SHORTEST_MARK:
            found += [self._mark_domain(name, mark) for name in self._own_fields(model, kind.marks)]
        return Domain.OR(found)

    def _mark_domain(self, name, mark):
        """Return the domain of records whose plate or telephone number ends so, whatever it is written with."""
        pattern = f"{literal(mark[::-1])}%"

        def to_sql(_model, alias, _query):
            # Word for word the expression of the index.
            return SQL(f"{mark_sql('%s')} LIKE %s", SQL.identifier(alias, name), pattern)

        return Domain.custom(to_sql=to_sql)

    # Rows

    @api.model
    def _answer(self, found):
        kinds, exact = [], []
        orders = self._orders(found)
        for kind, whole, others in found:
            records = (whole | others)[:ROWS]
            rows = [self._row(kind, record, orders) for record in records]
            more = len(whole) + len(others) > ROWS
            kinds.append({"code": kind.code, "name": kind.name, "rows": rows, "more": more})
            exact += rows[: len(whole)]
        return {"kinds": kinds, "open": exact[0] if len(exact) == 1 else False}

    def _orders(self, found):
        """Return ``{record: its order}`` of all rows, the orders read together."""
        own, none = {}, self.env["sale.order"]
        for kind, whole, others in found:
            records = (whole | others)[:ROWS]
            if kind.order == "id":
                own.update((record, record) for record in records)
            elif kind.order:
                # sudo: which order it is of; only orders that the user may read are shown
                own.update((record, none.browse(record.sudo().mapped(kind.order)[:1].id)) for record in records)
        known = none.union(*own.values())._filtered_access("read")
        return {record: (order & known).with_prefetch(known.ids) for record, order in own.items()}

    def _row(self, kind, record, orders):
        order = orders.get(record, self.env["sale.order"])
        # sudo: the customer's name stands on the document
        partner = record.sudo().mapped(kind.partner) if kind.partner else order.partner_id.sudo()
        stage = self._label(record, kind.stage) or self._label(order, "paper_stage")
        number = order.name if order and kind.order != "id" else order.client_order_ref
        spec = record.mapped(kind.spec).display_name if kind.spec else order.paper_spec_summary
        told = (number, partner.display_name, spec, stage, *self._marks(kind, record))
        return {
            "kind": kind.code,
            "model": kind.model,
            "id": record.id,
            "title": record.display_name,
            "told": [words for words in told if words],
        }

    def _marks(self, kind, record):
        return [record[name] for name in self._own_fields(record, kind.marks) if record[name]]

    def _label(self, record, name):
        if not record or not name or not record[name]:
            return ""
        return dict(record._fields[name]._description_selection(self.env)).get(record[name], "")
