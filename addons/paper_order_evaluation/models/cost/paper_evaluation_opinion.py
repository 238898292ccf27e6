from markupsafe import Markup
from odoo import models

from ...lib.costing import ELEMENTS

BAR = Markup('<div class="o_paper_bar"><div class="o_bar_{}" style="margin-left:{:.1f}%;width:{:.1f}%"></div></div>')


class PaperEvaluationOpinion(models.Model):
    """The figures of cost and profit, for their reader (R3.3.5)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_cost(self, facts):
        _ = self.env._
        if facts.get("unpriced"):
            return _("No cost known of %(materials)s", materials=", ".join(facts["unpriced"]))
        if facts.get("unrated"):
            return _("No rate set: %(rates)s", rates=", ".join(self._element_name(name) for name in facts["unrated"]))
        if not all(row["cost"] for row in facts["rows"]):
            return _("No cost known")
        if facts["margin_percent"] is None:
            return _("No price")
        return _(
            "Margin %(percent)s (%(margin)s); the lowest allowed is %(lowest)s",
            percent=f"{self._shown(facts['margin_percent'])} %",
            margin=self._shown_money(facts["margin"]),
            lowest=f"{self._shown(facts['lowest'])} %",
        )

    def _element_name(self, name):
        _ = self.env._
        names = {
            "material": _("Materials"),
            "electricity": _("Electricity"),
            "steam": _("Steam"),
            "machine": _("Machine Hours"),
            "labour": _("Labour"),
            "allowance": _("Trim and Broke"),
            "packing": _("Packing"),
            "freight": _("Freight"),
            "financing": _("Financing of the Payment Term"),
        }
        return names.get(name, name)

    def _sections_cost(self, facts):
        _ = self.env._
        if "elements" not in facts:  # of an earlier version: it stays as it was given
            return [self._evidence_section(_("Lines"), *self._table_cost_totals(facts))]
        return [
            self._evidence_notes(self._cost_notes(facts)),
            self._evidence_section(_("From Price to Margin"), *self._table_waterfall(facts)),
            self._evidence_section(_("Key Figures"), *self._table_key_figures(facts)),
            self._evidence_section(_("Lines"), *self._table_cost(facts)),
            self._evidence_section(_("If Prices Move"), *self._table_sensitivity(facts)),
        ]

    def _cost_notes(self, facts):
        _ = self.env._
        notes = [_("No cost is known of %(material)s; it is in no sum.", material=name) for name in facts["unpriced"]]
        notes += [
            _("A machine uses it, but no rate is set for: %(rate)s.", rate=self._element_name(name)) for name in facts["unrated"]
        ]
        notes += [
            _("%(product)s has no bill of materials; its standard cost is taken.", product=row["product"])
            for row in facts["rows"]
            if not row["by_bom"]
        ]
        if facts["uncounted"]:
            names = ", ".join(self._element_name(name) for name in facts["uncounted"])
            notes.append(_("Not counted, no rate is set: %(elements)s.", elements=names))
        return notes

    def _table_waterfall(self, facts):
        """Return price, elements, contribution and margin with a bar each, as a share of the price."""
        _ = self.env._
        revenue, weight = facts["revenue"], facts["weight_kg"]

        def line(name, amount, start, colour, strong=""):
            share = amount / revenue * 100 if revenue else 0.0
            shown = min(max(abs(share), 0.0), 100.0)
            left = min(max(start, 0.0), 100.0 - shown)
            return (
                Markup('<span class="{}">{}</span>').format(strong, name),
                self._money(amount, strong),
                self._money(amount / weight * 1000 if weight else None, strong),
                self._number(share, strong=strong),
                BAR.format(colour, left, shown),
            )

        rows, left = [line(_("Price"), revenue, 0, "primary", "fw-bold")], 100.0
        for name in ELEMENTS:
            amount = facts["elements"][name]
            if amount:
                left -= amount / revenue * 100 if revenue else 0.0
                rows.append(line(self._element_name(name), amount, left, "cost"))
        colour = "danger" if facts["margin"] < 0 else "success"
        rows.append(line(_("Contribution"), facts["contribution"], 0, "info"))
        rows.append(line(_("Margin"), facts["margin"], 0, colour, "fw-bold"))
        return (_("Element"), *self._heads(_("Amount"), _("Per Tonne"), _("% of the Price")), ""), rows

    def _table_key_figures(self, facts):
        _ = self.env._
        titles = (*self._heads(_("Margin per Tonne"), _("Contribution per Tonne")), _("Bottleneck"))
        return (*titles, *self._heads(_("Hours There"), _("Contribution per Bottleneck Hour"))), [
            (
                self._money(facts["per_tonne"]),
                self._money(facts["contribution_per_tonne"]),
                facts["bottleneck"] or "–",
                self._number(facts["hours"].get(facts["bottleneck"]), 2),
                self._money(facts["per_hour"]),
            )
        ]

    def _table_cost(self, facts):
        _ = self.env._
        figures = (_("Price"), _("Expected Cost"), _("Margin (%)"), _("Lowest Margin (%)"), _("Price at the Lowest Margin"))
        return (_("Order Line"), *self._heads(*figures), _("Hours from")), [
            (
                row.get("spec") or row["product"],
                self._money(row["revenue"]),
                self._money(row["cost"]),
                self._number(row["margin_percent"], strong=self._margin_colour(row)),
                self._number(row["lowest"]),
                self._money(row["target_revenue"]),
                _("Speed of the machine") if row["by_speed"] else _("Routing") if row["hours"] else "–",
            )
            for row in facts["rows"]
        ]

    def _table_cost_totals(self, facts):
        _ = self.env._
        return (_("Product"), *self._heads(_("Price"), _("Expected Cost"), _("Margin (%)"))), [
            (row["product"], self._money(row["revenue"]), self._money(row["cost"]), self._number(row["margin_percent"]))
            for row in facts["rows"]
        ]

    def _margin_colour(self, row):
        if row["margin_percent"] is None or row["margin"] < 0:
            return "text-danger fw-bold"
        return "text-warning-emphasis fw-bold" if row["margin_percent"] < row["lowest"] else "text-success"

    def _table_sensitivity(self, facts):
        """Return the margin in percent for each change of fibre and energy, with a bar from the margin of today."""
        _ = self.env._
        fibre = _("Fibre") if facts["fibre_known"] else _("Materials")
        rows = []
        for name, moves in ((fibre, facts["sensitivity"]["fibre"]), (_("Energy"), facts["sensitivity"]["energy"])):
            if all(margin == facts["margin"] for _change, margin, _percent in moves):
                continue
            for change, margin, percent in moves:
                span = abs(percent - facts["margin_percent"]) / 2 if percent is not None else 0.0
                span = min(span, 50.0)
                better = margin > facts["margin"]
                rows.append(
                    (
                        f"{name} {change:+d} %",
                        self._money(margin),
                        self._number(percent, strong="text-danger fw-bold" if margin < 0 else ""),
                        BAR.format("success" if better else "danger", 50.0 if better else 50.0 - span, span),
                    )
                )
        return (_("If It Moves"), *self._heads(_("Margin"), _("Margin (%)")), ""), rows
