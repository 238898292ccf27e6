from markupsafe import Markup
from odoo import api, models

BADGES = {"none": "success", "low": "success", "medium": "warning", "high": "danger"}


class PaperEvaluationOpinion(models.Model):
    """The figures of materials, for their reader (R3.3.3)."""

    _inherit = "paper.evaluation.opinion"

    @api.model
    def _whole_materials(self, facts):
        """Return the figures with what an opinion of an earlier version did not keep; it stays as it was given."""
        return {
            **dict.fromkeys(("faults", "lines", "recipes"), []),
            **facts,
            "rows": [
                {
                    **dict.fromkeys(("need_date", "min_qty", "price", "on_time", "latest_order")),
                    **{"free_on_date": row["free"], "incoming": [], "suppliers": [], "ready": row["arrival"]},
                    "risk": "none" if not row["shortfall"] else "low" if row["in_time"] else "high",
                    "reason": "stock" if not row["shortfall"] else "orderable" if row["in_time"] else "no_supplier",
                    **row,
                }
                for row in facts["rows"]
            ],
        }

    def _headline_materials(self, facts):
        _ = self.env._
        facts = self._whole_materials(facts)
        if facts["without_bom"]:
            return self._no_bom(facts)
        if facts["faults"]:
            return _("The unit of %(material)s on the bill of materials does not convert", material=facts["faults"][0][1])
        if not facts["rows"]:
            return _("The bill of materials names no material")
        worst = facts["rows"][0]
        if worst["shortfall"]:
            if not worst["arrival"]:
                return _(
                    "%(material)s: %(quantity)s %(unit)s short, no supplier known",
                    material=worst["material"],
                    quantity=self._shown(worst["shortfall"]),
                    unit=worst["unit"],
                )
            return _(
                "%(material)s: %(quantity)s %(unit)s short, here on %(date)s at the earliest",
                material=worst["material"],
                quantity=self._shown(worst["shortfall"]),
                unit=worst["unit"],
                date=self._shown_date(worst["ready"]),
            )
        if worst["risk"] != "none":
            return f"{worst['material']}: {self._material_reason(worst)}"
        return _("Everything in stock (%(count)s materials)", count=len(facts["rows"]))

    def _sections_materials(self, facts):
        _ = self.env._
        facts = self._whole_materials(facts)
        notes = [
            _("No bill of materials for %(product)s: nobody can say what it needs.", product=name)
            for name in facts["without_bom"]
        ]
        notes += [
            _("%(product)s: the unit of %(material)s on its bill of materials does not convert.", product=made, material=used)
            for made, used in facts["faults"]
        ]
        return [
            self._evidence_notes(notes),
            self._evidence_section(_("Materials"), *self._table_materials(facts)),
            self._evidence_section(_("To Be Bought"), *self._table_purchases(facts)),
            self._evidence_section(_("Other Suppliers"), *self._table_other_suppliers(facts)),
            self._evidence_section(_("Other Bills of Materials"), *self._table_other_boms(facts)),
        ]

    def _evidence_notes(self, notes):
        """Return what a person has to know before the tables, as a warning; '' without notes."""
        if not notes:
            return Markup("")
        lines = Markup("").join(Markup("<div>{}</div>").format(note) for note in notes)
        return Markup('<div class="alert alert-warning mb-2" role="status">{}</div>').format(lines)

    def _badge(self, colour, text):
        return Markup('<span class="badge text-bg-{}">{}</span>').format(colour, text)

    def _number(self, value, digits=1, strong=""):
        """Return a figure that stands right in its column; ``strong`` is a CSS class for one that matters."""
        return Markup('<div class="text-end text-nowrap {}">{}</div>').format(strong, self._shown(value, digits))

    def _money(self, value, strong=""):
        """Return an amount that stands right in its column."""
        return Markup('<div class="text-end text-nowrap {}">{}</div>').format(strong, self._shown_money(value))

    def _heads(self, *titles):
        """Return titles of columns with figures, which stand right as these do."""
        return tuple(Markup('<div class="text-end">{}</div>').format(title) for title in titles)

    def _day(self, value, strong=""):
        return Markup('<span class="text-nowrap {}">{}</span>').format(strong, self._shown_date(value))

    def _risk_badge(self, risk):
        _ = self.env._
        names = {"none": _("In stock"), "low": _("Low"), "medium": _("Medium"), "high": _("High")}
        return self._badge(BADGES[risk], names[risk])

    def _material_reason(self, row):
        """Return why a material is at risk or not, in one sentence."""
        _ = self.env._
        texts = {
            "stock": _("Free in stock"),
            "receipt": _("Comes in on %(ready)s, in good time"),
            "receipt_tight": _("Comes in on %(ready)s, close to the day it is needed"),
            "receipt_overdue": _("Rests on a receipt that is overdue"),
            "receipt_late": _("No supplier known; what is on its way comes on %(ready)s"),
            "no_supplier": _("Short, and no supplier is known"),
            "too_late": _("Needed on %(need)s, here on %(ready)s at the earliest"),
            "order_now": _("In time only if ordered by %(order)s"),
            "unreliable": _("%(supplier)s was on time for %(rate)s only"),
            "orderable": _("Can be bought in time, order by %(order)s"),
        }
        values = {
            "ready": self._shown_date(row["ready"]),
            "need": self._shown_date(row["need_date"]),
            "order": self._shown_date(row["latest_order"]),
            "supplier": row["supplier"],
            "rate": f"{self._shown(row['on_time'], 0)} %",
        }
        text = texts[row["reason"]]
        for name, value in values.items():
            text = text.replace(f"%({name})s", value)
        return text

    def _incoming_text(self, row):
        """Return what comes in, the first three receipts, one a line."""
        lines = []
        for arrival in row["incoming"][:3]:
            late = Markup(' <span class="text-danger">{}</span>').format(self.env._("overdue")) if arrival["late"] else ""
            text = Markup('<div class="text-nowrap">{} · {} <small class="text-muted">{}</small>{}</div>')
            figures = (self._shown(arrival["quantity"]), self._shown_date(arrival["date"]), arrival["source"])
            lines.append(text.format(*figures, late))
        return Markup("").join(lines) or "–"

    def _table_materials(self, facts):
        _ = self.env._
        titles = (_("Risk"), _("Material"), *self._heads(_("Short")), _("Why"), *self._heads(_("Needed")), _("Needed on"))
        return (*titles, *self._heads(_("Free Now"), _("Free on That Day")), _("On Its Way")), [
            (
                self._risk_badge(row["risk"]),
                self._of_unit(row["material"], row["unit"]),
                self._number(row["shortfall"] or None, strong="fw-bold text-danger" if row["shortfall"] else ""),
                self._material_reason(row),
                self._number(row["needed"]),
                self._day(row["need_date"]),
                self._number(row["free"]),
                self._number(row["free_on_date"]),
                self._incoming_text(row),
            )
            for row in facts["rows"]
        ]

    def _of_unit(self, name, unit):
        return Markup('{} <small class="text-muted">({})</small>').format(name, unit)

    def _table_purchases(self, facts):
        _ = self.env._
        titles = (_("Material"), *self._heads(_("Short")), _("Supplier"))
        titles += self._heads(_("Lead Time (days)"), _("Least Quantity"), _("On Time (%)"), _("Price"))
        return (*titles, _("Order by"), _("Arrival")), [
            (
                self._of_unit(row["material"], row["unit"]),
                self._number(row["shortfall"]),
                row["supplier"] or self._badge("danger", _("none known")),
                self._number(row["delay"], 0),
                self._number(row["min_qty"] or None),
                self._number(row["on_time"], 0),
                self._money(row["price"]),
                self._day(row["latest_order"]),
                self._day(row["arrival"], "text-danger fw-bold" if row["in_time"] is False else ""),
            )
            for row in facts["rows"]
            if row["shortfall"]
        ]

    def _table_other_suppliers(self, facts):
        _ = self.env._
        figures = (_("Lead Time (days)"), _("Least Quantity"), _("On Time (%)"), _("Price"), _("Effect on Cost"))
        return (_("Material"), _("Supplier"), *self._heads(*figures), _("Arrival")), [
            (
                row["material"],
                offer["supplier"],
                self._number(offer["delay"], 0),
                self._number(offer["min_qty"] or None),
                self._number(offer["on_time"], 0),
                self._money(offer["price"]),
                self._money(offer["cost_effect"]),
                self._day(offer["arrival"]),
            )
            for row in facts["rows"]
            for offer in row["suppliers"]
        ]

    def _table_other_boms(self, facts):
        _ = self.env._
        titles = (_("Order Line"), _("Product"), _("Bill of Materials"), _("Materials Here on"), _("Last Material"))
        return (*titles, *self._heads(_("Effect on Cost"))), [
            (
                row.get("spec") or "–",
                row["product"],
                row["bom"],
                self._day(row["ready"]) if row["ready"] else self._badge("danger", _("not known")),
                row["material"] or "–",
                self._money(row["cost_effect"]),
            )
            for row in facts["recipes"]
        ]
