from markupsafe import Markup
from odoo import api, fields, models
from odoo.tools.misc import formatLang

from ..panel.paper_evaluation_dimension import COST_READERS


class PaperEvaluationOpinion(models.Model):
    """The evidence of an opinion as its reader sees it: one headline with figures and units, and tables.

    The evidence itself is kept as figures (``paper.evaluation._facts_<dimension>``) and put into words
    here, so that each reader finds it in his own language, whoever submitted the order. Each dimension has
    ``_headline_<dimension>(evidence)`` -> str and either ``_table_<dimension>(evidence)`` -> (titles, rows) or
    ``_sections_<dimension>(evidence)`` -> list of :meth:`_evidence_section`; one without figures has none of them.
    Those of the demand stand here: weight, price per tonne, days to delivery (R3.3.1).
    """

    _inherit = "paper.evaluation.opinion"

    headline = fields.Char(compute="_compute_headline")
    evidence_html = fields.Html(string="Figures", compute="_compute_headline", sanitize=False)

    @api.depends("evidence", "cost_evidence", "proposal", "dimension")
    @api.depends_context("lang", "uid")
    def _compute_headline(self):
        reads_cost = self._reads_cost()
        for opinion in self:
            opinion.headline, opinion.evidence_html = "", False
            if opinion.dimension == "cost" and not reads_cost:
                opinion.headline = self.env._("Shown to finance, sales and management")
                continue
            facts = opinion._evidence_figures()
            if facts:
                opinion.headline = opinion._evidence_headline(facts)
                opinion.evidence_html = opinion._evidence_body(facts)

    @api.model
    def _reads_cost(self):
        """Say whether the user may read costs and margins (R3.3.5)."""
        return any(self.env.user.has_group(group) for group in COST_READERS)

    def _evidence_figures(self):
        """Return the evidence as it was taken, with the figures of price and cost for who reads them."""
        self.ensure_one()
        # sudo: the reader was checked in the line itself, the field's groups ask the same
        inner = self.sudo().cost_evidence if self._reads_cost() else None
        return {**(self.evidence or {}), **(inner or {})}

    def _evidence_headline(self, facts):
        """Return what the figures say, in one short sentence of the reader's language."""
        self.ensure_one()
        headline = getattr(self, f"_headline_{self.dimension}", None)
        return headline(facts) if headline and facts else ""

    def _evidence_body(self, facts):
        self.ensure_one()
        sections = getattr(self, f"_sections_{self.dimension}", None)
        if sections:
            return Markup("").join(sections(facts)) or False
        table = getattr(self, f"_table_{self.dimension}", None)
        return table and self._evidence_table(*table(facts)) or False

    @api.model
    def _evidence_section(self, caption, titles, rows):
        """Return one captioned table of the figures; '' without rows."""
        table = self._evidence_table(titles, rows)
        return Markup("<h5 class='mt-3'>{}</h5>{}").format(caption, table) if table else Markup("")

    @api.model
    def _evidence_table(self, titles, rows):
        if not rows:
            return Markup("")
        cell, head = Markup("<td>{}</td>"), Markup("<th>{}</th>")
        join = Markup("").join
        body = join(Markup("<tr>{}</tr>").format(join(cell.format(value) for value in row)) for row in rows)
        titles = join(head.format(title) for title in titles)
        table = Markup(
            '<div class="table-responsive"><table class="table table-sm mb-0">'
            "<thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>"
        )
        return table.format(titles, body)

    def _shown(self, value, digits=1):
        return "–" if value is None else formatLang(self.env, value, digits=digits)

    def _shown_money(self, value):
        return "–" if value is None else formatLang(self.env, value, currency_obj=self.currency_id)

    def _shown_date(self, value):
        return self.company_id._paper_date(value) or "–"

    def _no_bom(self, facts):
        return self.env._("No bill of materials: %(products)s", products=", ".join(facts["without_bom"]))

    def _headline_sales(self, facts):
        if facts["days"] is None:
            return self.env._("No delivery date")
        if "price_per_tonne" not in facts:
            return self.env._(
                "%(tonnes)s t, %(days)s days to delivery", tonnes=self._shown(facts["weight_kg"] / 1000, 3), days=facts["days"]
            )
        return self.env._(
            "%(tonnes)s t, %(price)s per tonne, %(days)s days to delivery",
            tonnes=self._shown(facts["weight_kg"] / 1000, 3),
            price=self._shown_money(facts["price_per_tonne"]),
            days=facts["days"],
        )

    def _table_sales(self, facts):
        _ = self.env._
        if "amount" not in facts:
            return (_("Weight (kg)"),), [(self._shown(facts["weight_kg"], 0),)]
        return (_("Weight (kg)"), _("Amount"), _("Price per Tonne")), [
            (
                self._shown(facts["weight_kg"], 0),
                self._shown_money(facts["amount"]),
                self._shown_money(facts["price_per_tonne"]),
            )
        ]
