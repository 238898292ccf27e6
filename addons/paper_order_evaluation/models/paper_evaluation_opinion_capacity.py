from odoo import fields, models
from odoo.addons.paper_capacity.lib.moments import to_datetime


class PaperEvaluationOpinion(models.Model):
    """The figures of capacity and the reasons of the promise date, for their reader (R3.3.2)."""

    _inherit = "paper.evaluation.opinion"

    def _headline_capacity(self, facts):
        _ = self.env._
        if facts["without_bom"]:
            return self._no_bom(facts)
        if not facts["rows"] or facts["unrouted"]:
            return _("No routing on the bill of materials")
        if not facts["promise"]:
            return self._reason_text(facts["reasons"][0]) if facts["reasons"] else _("No date can be promised")
        figures = {"date": self._shown_date(facts["promise"]), "workcenter": (facts["bottleneck"] or {}).get("workcenter", "")}
        if not facts["until"]:
            return _("%(date)s at the earliest, no delivery date asked; bottleneck %(workcenter)s", **figures)
        if not facts["late"]:
            return _("Can be there on %(date)s; bottleneck %(workcenter)s", **figures)
        late = [line for line in facts["lines"] if line.get("late")]
        worst = max(late, key=self._days_behind, default=facts)
        days = self._days_behind(worst)
        waits = [one for one in facts["reasons"] if one["kind"] not in ("work", "transit")] or facts["reasons"]
        reason = max(waits, key=lambda one: (one["until"] or 0) - one["from"])
        figures["reason"] = self._reason_text(reason)
        figures["date"] = self._shown_date(worst["promise"])
        if len(facts["lines"]) > len(late) > 0:
            lines = ", ".join(dict.fromkeys(line["name"] for line in late))
            return _("%(lines)s: %(date)s at the earliest, %(days)s days late: %(reason)s", **figures, days=days, lines=lines)
        return _("%(date)s at the earliest, %(days)s days late: %(reason)s", **figures, days=days)

    @staticmethod
    def _days_behind(row):
        """Return how many days a line, or the order, comes after the day that was asked for."""
        return (fields.Date.to_date(row["promise"]) - fields.Date.to_date(row["until"])).days

    def _failing_lines(self):
        """Return the lines of the order that the figures of this opinion fail on; none where they fail on all of them, or do
        not say."""
        self.ensure_one()
        rows = (self.evidence or {}).get("lines") or ()
        failing = {row["line"] for row in rows if row.get("late")}
        lines = self.evaluation_id._paper_lines()
        found = lines.filtered(lambda line: line._origin.id in failing)
        return found if found < lines else lines.browse()

    def _reason_text(self, reason):
        """Return why the days up to its end are refused, in one sentence of the reader's language."""
        _, day = self.env._, self._shown_moment(reason["until"])
        texts = {
            "full": _("%(what)s is full until %(date)s"),
            "closed": _("%(what)s stands still until %(date)s"),
            "maintenance": _("%(what)s: %(name)s until %(date)s"),
            "holiday": _("%(what)s is closed for public holidays until %(date)s"),
            "work": _("Made on %(what)s until %(date)s"),
            "receipt": _("%(what)s arrives on %(date)s"),
            "purchase": _("%(what)s can be bought by %(date)s"),
            "unknown": _("%(what)s is short and nobody is known to supply it"),
            "development": _("Development “%(what)s” is ready on %(date)s"),
            "transit": _("%(what)s days on the way to the customer"),
            "never": _("%(what)s has no room within two years"),
            "no_hours": _("%(what)s has no working hours"),
        }
        return texts[reason["kind"]] % {"what": reason["what"], "name": reason.get("name", ""), "date": day}

    def _shown_moment(self, seconds):
        """Return the date of a moment where the company works."""
        if seconds is None:
            return "–"
        return self._shown_date(to_datetime(seconds - 1))

    def _sections_capacity(self, facts):
        _ = self.env._
        sections = []
        if facts["reasons"]:
            rows = [
                (self._reason_text(one), self._shown_moment(one["from"] + 1), self._shown_moment(one["until"]))
                for one in facts["reasons"]
            ]
            sections.append(self._evidence_section(_("Why Not Earlier"), (_("Reason"), _("From"), _("Until")), rows))
        rows = [
            (
                line["name"],
                self._line_quantity(line),
                self._shown_date(line.get("until")),
                self._shown_date(line["promise"]),
                self._line_reason(line),
            )
            for line in facts["lines"]
        ]
        titles = (_("Line"), _("Quantity"), _("Asked for"), _("Can Be There on"), _("Held Up Most by"))
        sections.append(self._evidence_section(_("Lines"), titles, rows))
        for offer in facts["offers"]:
            sections.append(self._offer_section(offer))
        titles = (_("Work Center"), _("Needed (h)"), _("Free (h)"), _("Free on Alternatives (h)"))
        rows = [
            (row["workcenter"], self._shown(row["needed"]), self._shown(row["free"]), self._shown(row["alternatives"]))
            for row in facts["rows"]
        ]
        sections.append(self._evidence_section(_("Hours until the Delivery Date"), titles, rows))
        return sections

    def _offer_section(self, offer):
        _ = self.env._
        rest = self._shown_date(offer["rest"])
        if offer["date"]:
            caption = _("Part by %(date)s, the rest by %(rest)s", date=self._shown_date(offer["date"]), rest=rest)
        else:
            caption = _("Part by the dates asked for, the rest by %(rest)s", rest=rest)
        rows = [(line["name"], self._line_quantity(line), f"{self._shown(line['share'] * 100, 0)} %") for line in offer["lines"]]
        return self._evidence_section(caption, (_("Line"), _("By the Date Asked"), _("Share")), rows)

    def _line_quantity(self, line):
        return f"{self._shown(line['quantity'], 3)} {line['unit']}"

    def _line_reason(self, line):
        longest = max(line["reasons"], key=lambda one: (one["until"] or float("inf")) - one["from"], default=None)
        return self._reason_text(longest) if longest else "–"
