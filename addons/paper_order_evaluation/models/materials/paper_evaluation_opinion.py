from datetime import datetime, time, timedelta

from markupsafe import Markup
from odoo import Command, api, fields, models
from odoo.addons.paper_base.models.steps.locking import lock_or_tell

from ...exceptions import QuotationRefusedError

BADGES = {"none": "success", "low": "success", "medium": "warning", "high": "danger"}


class PaperEvaluationOpinion(models.Model):
    """The figures of materials, for their reader, and the requests for quotation for what is short (R3.3.3).
    """

    _inherit = "paper.evaluation.opinion"

    quotation_count = fields.Integer(string="Requests for Quotation", compute="_compute_quotation_count")

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

    def _compute_quotation_count(self):
        orders = self._quotations()
        for opinion in self:
            opinion.quotation_count = len(orders[opinion])

    def _quotations(self):
        """Return ``{opinion: purchase orders that ask for its shortfalls}``, those that were cancelled left out."""
        # sudo: whoever reads the opinion may know that a supplier was asked
        groups = self.env["purchase.order.line"].sudo()._read_group(
            [("paper_evaluation_id", "in", self.evaluation_id.ids), ("order_id.state", "!=", "cancel")],
            ["paper_evaluation_id"],
            ["order_id:recordset"],
        )
        found = {evaluation.id: orders for evaluation, orders in groups}
        none = self.env["purchase.order"]
        return {
            opinion: found.get(opinion.evaluation_id.id, none) if opinion.dimension == "materials" else none for opinion in self
        }

    def action_request_quotation(self):
        """Draft one request for quotation a supplier for all that is short and not asked for yet.

        :raises QuotationRefusedError: for anybody but purchasing, or where nothing is left to ask for
        """
        self.ensure_one()
        if self.dimension != "materials" or not self.env.user.has_group("paper_base.group_purchasing"):
            raise QuotationRefusedError(self.env._("Purchasing asks suppliers for what is short."))
        self.check_access("read")
        # Two people who ask at once: the second finds what the first has asked for.
        lock_or_tell(self.evaluation_id)
        by_seller = self._unasked_shortfalls()
        if not by_seller:
            raise QuotationRefusedError(
                self.env._("Nothing is short that has a supplier and was not asked for: %(opinion)s.", opinion=self.display_name)
            )
        orders = self.env["purchase.order"].create(
            [self._prepare_quotation(partner, items) for partner, items in by_seller.items()]
        )
        return orders._get_records_action(name=self.env._("Requests for Quotation"))

    def action_open_quotations(self):
        """Open the requests for quotation of the evaluation."""
        self.ensure_one()
        orders = self.env["purchase.order"].browse(self._quotations()[self].ids)
        return orders._get_records_action(name=self.env._("Requests for Quotation"))

    def _unasked_shortfalls(self):
        """Return ``{supplier: [(row of the evidence, supplier info)]}`` of what is short and has no line yet."""
        self.ensure_one()
        company = self.company_id
        # sudo: what was asked for by a colleague counts, whoever may read his order
        lines = self.env["purchase.order.line"].sudo().search(
            [("paper_evaluation_id", "=", self.evaluation_id.id), ("order_id.state", "!=", "cancel")]
        )
        asked = set(lines.product_id.ids)
        rows = {
            row["product_id"]: row
            for row in (self.evidence or {}).get("rows", [])
            if row["shortfall"] and row.get("product_id")  # an opinion of an earlier version kept no product
        }
        products = self.env["product.product"].browse(rows.keys() - asked).with_company(company)
        by_seller = {}
        for product in products.exists():
            seller = product._select_seller(quantity=None, uom_id=product.uom_id)
            if seller:
                by_seller.setdefault(seller.partner_id, []).append((product, rows[product.id], seller))
        return by_seller

    def _prepare_quotation(self, partner, items):
        seller = items[0][2]
        warehouse = self.order_id.warehouse_id
        return {
            "partner_id": partner.id,
            "company_id": self.company_id.id,
            "currency_id": seller.currency_id.id,
            "picking_type_id": warehouse.in_type_id.id,
            "origin": self.order_id.name,
            "order_line": [Command.create(self._prepare_quotation_line(*item)) for item in items],
        }

    def _prepare_quotation_line(self, product, row, seller):
        """Ask for the shortfall in the supplier's unit, at least his least quantity, for the day it is needed."""
        unit = seller.product_uom_id
        if not unit._has_common_reference(product.uom_id):
            unit = product.uom_id
        quantity = product.uom_id._compute_quantity(row["shortfall"], unit, rounding_method="UP")
        needed = fields.Date.to_date(row["need_date"])
        soonest = self.company_id._paper_today() + timedelta(days=seller.delay)
        return {
            "product_id": product.id,
            "product_qty": max(quantity, seller.min_qty),
            "product_uom_id": unit.id,
            "date_planned": datetime.combine(max(needed, soonest), time(12)),
            "paper_evaluation_id": self.evaluation_id.id,
        }
