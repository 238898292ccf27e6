from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools.misc import format_date, formatLang

COST_READERS = ("paper_base.group_finance", "paper_base.group_management", "paper_base.group_sales")


class PaperEvaluationOpinion(models.Model):
    """The evidence of an opinion as its reader sees it: one headline figure, and a small table."""

    _inherit = "paper.evaluation.opinion"

    headline = fields.Char(compute="_compute_headline")
    evidence_html = fields.Html(string="Figures", compute="_compute_headline", sanitize=False)

    @api.depends("evidence", "proposal", "dimension")
    @api.depends_context("lang", "uid")
    def _compute_headline(self):
        reads_cost = any(self.env.user.has_group(group) for group in COST_READERS)
        for opinion in self:
            opinion.headline, opinion.evidence_html = "", False
            if opinion.dimension == "cost" and not reads_cost:
                opinion.headline = self.env._("Shown to finance, sales and management")
                continue
            # sudo: the reader was checked above, the field's groups ask the same
            facts = opinion.sudo().cost_evidence if opinion.dimension == "cost" else opinion.evidence
            if facts:
                opinion.headline = getattr(opinion, f"_headline_{opinion.dimension}")(facts)
                opinion.evidence_html = opinion._evidence_table(*getattr(opinion, f"_table_{opinion.dimension}")(facts))

    def _evidence_table(self, titles, rows):
        if not rows:
            return False
        cell, head = Markup("<td>{}</td>"), Markup("<th>{}</th>")
        join = Markup("").join
        body = join(Markup("<tr>{}</tr>").format(join(cell.format(value) for value in row)) for row in rows)
        titles = join(head.format(title) for title in titles)
        table = Markup('<table class="table table-sm mb-0"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>')
        return table.format(titles, body)

    def _shown(self, value, digits=1):
        return "–" if value is None else formatLang(self.env, value, digits=digits)

    def _shown_money(self, value):
        return "–" if value is None else formatLang(self.env, value, currency_obj=self.currency_id)

    def _shown_date(self, value):
        return format_date(self.env, value) if value else "–"

    def _no_bom(self, facts):
        return self.env._("No bill of materials: %(products)s", products=", ".join(facts["without_bom"]))

    # Sales

    def _headline_sales(self, facts):
        if facts["days"] is None:
            return self.env._("No delivery date")
        return self.env._(
            "%(tonnes)s t, %(price)s per tonne, %(days)s days to delivery",
            tonnes=self._shown(facts["weight_kg"] / 1000, 3),
            price=self._shown_money(facts["price_per_tonne"]),
            days=facts["days"],
        )

    def _table_sales(self, facts):
        _ = self.env._
        return (_("Weight (kg)"), _("Amount"), _("Price per Tonne")), [
            (
                self._shown(facts["weight_kg"], 0),
                self._shown_money(facts["amount"]),
                self._shown_money(facts["price_per_tonne"]),
            )
        ]

    # Capacity

    def _headline_capacity(self, facts):
        if facts["without_bom"]:
            return self._no_bom(facts)
        if not facts["rows"]:
            return self.env._("No routing on the bill of materials")
        worst = facts["rows"][0]
        if worst["free"] is None:
            return self.env._(
                "%(hours)s h on %(workcenter)s, no delivery date",
                hours=self._shown(worst["needed"]),
                workcenter=worst["workcenter"],
            )
        return self.env._(
            "%(workcenter)s: %(needed)s h needed, %(free)s h free until %(date)s",
            workcenter=worst["workcenter"],
            needed=self._shown(worst["needed"]),
            free=self._shown(worst["free"]),
            date=self._shown_date(facts["until"]),
        )

    def _table_capacity(self, facts):
        _ = self.env._
        return (_("Work Center"), _("Needed (h)"), _("Free (h)"), _("Free on Alternatives (h)")), [
            (row["workcenter"], self._shown(row["needed"]), self._shown(row["free"]), self._shown(row["alternatives"]))
            for row in facts["rows"]
        ]

    # Materials

    def _headline_materials(self, facts):
        if facts["without_bom"]:
            return self._no_bom(facts)
        short = [row for row in facts["rows"] if row["shortfall"]]
        if not short:
            return self.env._("Everything in stock (%(count)s materials)", count=len(facts["rows"]))
        worst = short[0]
        if worst["arrival"] is None:
            return self.env._(
                "%(material)s: %(quantity)s %(unit)s short, no supplier known",
                material=worst["material"],
                quantity=self._shown(worst["shortfall"]),
                unit=worst["unit"],
            )
        return self.env._(
            "%(material)s: %(quantity)s %(unit)s short, here on %(date)s at the earliest",
            material=worst["material"],
            quantity=self._shown(worst["shortfall"]),
            unit=worst["unit"],
            date=self._shown_date(worst["arrival"]),
        )

    def _table_materials(self, facts):
        _ = self.env._
        stock = (_("Material"), _("Unit"), _("Needed"), _("Free"), _("Shortfall"))
        return (*stock, _("Supplier"), _("Lead Time (days)"), _("Arrival")), [
            (
                row["material"],
                row["unit"],
                self._shown(row["needed"]),
                self._shown(row["free"]),
                self._shown(row["shortfall"]),
                row["supplier"] or "–",
                "–" if row["delay"] is None else row["delay"],
                self._shown_date(row["arrival"]),
            )
            for row in facts["rows"]
        ]

    # Technology

    def _headline_technical(self, facts):
        for row in facts["rows"]:
            if row["contradictions"]:
                return row["contradictions"][0]
            if row["missing"]:
                return self.env._("Not stated: %(figures)s", figures=self._figure_names(row["missing"]))
        widest = max(facts["rows"], key=lambda row: row["width"], default=None)
        if not widest or not widest["deckle"]:
            return self.env._("All figures stated; no deckle set in the settings")
        return self.env._(
            "%(width)s mm of %(deckle)s mm deckle",
            width=self._shown(widest["width"], 0),
            deckle=self._shown(widest["deckle"], 0),
        )

    def _table_technical(self, facts):
        _ = self.env._
        return (_("Specification"), _("Width (mm)"), _("Deckle (mm)"), _("Not Stated")), [
            (
                row["spec"],
                self._shown(row["width"], 0),
                self._shown(row["deckle"] or None, 0),
                self._figure_names(row["missing"]) or "–",
            )
            for row in facts["rows"]
        ]

    def _figure_names(self, names):
        fields_by_name = {**self.env["sale.order.line"]._fields, **self.env["paper.spec"]._fields}
        return ", ".join(fields_by_name[name]._description_string(self.env) for name in names if name in fields_by_name)

    # Cost and profit

    def _headline_cost(self, facts):
        if not all(row["cost"] for row in facts["rows"]):
            return self.env._("No cost known")
        if facts["margin_percent"] is None:
            return self.env._("No price")
        return self.env._(
            "Margin %(percent)s (%(margin)s); the lowest allowed is %(lowest)s",
            percent=f"{self._shown(facts['margin_percent'])} %",
            margin=self._shown_money(facts["margin"]),
            lowest=f"{self._shown(facts['lowest'])} %",
        )

    def _table_cost(self, facts):
        _ = self.env._
        titles = (_("Product"), _("Price"), _("Expected Cost"), _("Margin (%)"), _("Cost from"))
        return titles, [
            (
                row["product"],
                self._shown_money(row["revenue"]),
                self._shown_money(row["cost"]),
                self._shown(row["margin_percent"]),
                _("Bill of materials") if row["by_bom"] else _("Standard cost, no bill of materials"),
            )
            for row in facts["rows"]
        ]
