from markupsafe import Markup
from odoo import models
from odoo.addons.paper_base.lib.words import said

from ...exceptions import OpinionIncompleteError


class PaperEvaluationOpinion(models.Model):
    """The figures of technology, for their reader (R3.3.4)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_technical(self, facts):
        _ = self.env._
        for row in facts["rows"]:
            if row["contradictions"]:
                return row["contradictions"][0]
            if row["missing"]:
                return _("Not stated: %(figures)s", figures=self._figure_names(row["missing"]))
        if "machines" not in facts:  # of an earlier version: it stays as it was given
            return _("Only the widest deckle was looked at")
        if facts["gaps"]:
            gap = facts["gaps"][0]
            return _(
                "%(property)s: %(required)s %(unit)s asked, %(machine)s makes %(achievable)s",
                property=self._property_name(gap),
                required=gap["required"],
                unit=gap["unit"],
                machine=gap["machine"],
                achievable=gap["achievable"],
            )
        if not facts["machines"]:
            return _("Nothing is recorded of what the machines can make: a person must say")
        if facts["unknown"]:
            return _(
                "Not known of the machines, a person must say: %(figures)s",
                figures=", ".join(dict.fromkeys(self._unknown_names(facts))),
            )
        return _("Everything asked can be made on %(machines)s", machines=", ".join(facts["machines"]))

    def _unknown_names(self, facts):
        return [
            self._property_name(check)
            for row in facts["rows"]
            for check in row["checks"]
            if check["name"] in row["unknown"] and check["ok"] is None
        ]

    def _property_name(self, check):
        """Return a property as the specification calls it."""
        if check["property"] == "quality":
            return check["name"]
        if check["property"] == "width":
            return self.env._("Width across the web")
        return self.env["paper.spec"]._fields[check["name"]]._description_string(self.env).replace("（", " (").split(" (")[0]

    def _sections_technical(self, facts):
        _ = self.env._
        sections = [self._evidence_notes([text for row in facts["rows"] for text in self._technical_notes(row)])]
        titles = (_("Verdict"), _("Property"), _("Asked"), _("Can Be Made"), _("Machine"))
        for row in facts["rows"]:
            cells = [self._check_cells(check) for check in row.get("checks", ())]
            sections.append(self._evidence_section(row["spec"], titles, cells))
        return sections

    def _technical_notes(self, row):
        notes = list(row["contradictions"])
        if row["missing"]:
            notes.append(
                self.env._("%(spec)s: not stated: %(figures)s", spec=row["spec"], figures=self._figure_names(row["missing"]))
            )
        return notes

    def _check_cells(self, check):
        _ = self.env._
        badges = {True: ("success", _("Possible")), False: ("danger", _("Not possible")), None: ("warning", _("Not known"))}
        unit = Markup(' <small class="text-muted">{}</small>').format(check["unit"]) if check["unit"] else ""
        made = Markup("{}{}").format(check["achievable"], unit) if check["achievable"] else "–"
        if check.get("inspected"):  # inspections are what the answer rests on
            note = _("%(count)s readings", count=check["inspected"])
            made = Markup('{} <small class="text-muted">({})</small>').format(made, note)
        return (
            self._badge(*badges[check["ok"]]),
            self._property_name(check),
            Markup("{}{}").format(check["required"], unit),
            made,
            check["machine"] or "–",
        )

    def _figure_names(self, names):
        fields_by_name = {**self.env["sale.order.line"]._fields, **self.env["paper.spec"]._fields}
        return ", ".join(fields_by_name[name]._description_string(self.env) for name in names if name in fields_by_name)

    # What is not known

    def _check_known(self):
        """What nobody has recorded of a machine is no silent yes: whoever says yes to it says on what it rests."""
        for opinion in self.filtered(lambda rec: rec.dimension == "technical" and rec.verdict == "yes"):
            facts = opinion.evidence or {}
            if facts.get("machines") and facts.get("unknown") and not said(opinion.comment):
                raise OpinionIncompleteError(
                    self.env._(
                        "%(opinion)s: it is not known whether the machines make this: %(figures)s. Say on what your yes rests.",
                        opinion=opinion.display_name,
                        figures=", ".join(dict.fromkeys(opinion._unknown_names(facts))),
                    )
                )

    # Development

    def action_plan_development(self):
        """Open the development plans of the order, or draft one for each line that cannot be made (R3.3.4)."""
        self.ensure_one()
        self._check_may_write()
        plans = self.order_id.paper_development_ids.filtered(lambda plan: plan.state != "cancelled")
        if not plans:
            plans = self.env["paper.development.plan"].create(self._prepare_development_plans())
        return plans._get_records_action(name=self.env._("Development Plan"))

    def _prepare_development_plans(self):
        self.ensure_one()
        lacking = [row for row in (self.evidence or {}).get("rows", []) if row.get("gaps") or row.get("unknown")]
        values = [
            {
                "name": row["spec"],
                "order_id": self.order_id.id,
                "line_id": row["line"],
                "gap": "\n".join(self._gap_sentence(gap) for gap in row["gaps"]),
            }
            for row in lacking
        ]
        return values or [{"name": self.paper_spec_summary or self.order_id.name, "order_id": self.order_id.id}]

    def _gap_sentence(self, gap):
        return self.env._(
            "%(property)s: %(required)s %(unit)s asked, %(machine)s makes %(achievable)s",
            property=self._property_name(gap),
            required=gap["required"],
            unit=gap["unit"],
            machine=gap["machine"],
            achievable=gap["achievable"],
        )
