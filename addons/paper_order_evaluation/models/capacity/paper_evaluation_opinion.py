from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.mill import midnight
from odoo.addons.paper_capacity.lib.moments import to_datetime, zone_of


class PaperEvaluationOpinion(models.Model):
    """The figures of capacity and the reasons of the promise date, for their reader: in words, in tables, and as
    a plan that is drawn, with the days up to the promise, the ways out side by side and the load by week (R3.3.2).
    """

    _inherit = "paper.evaluation.opinion"

    capacity_board = fields.Json(string="Plan", compute="_compute_capacity_board")

    def _headline_capacity(self, facts):
        if "promise" not in facts:
            return self._first_headline_capacity(facts)
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
            "cannot": "%(what)s",
        }
        return texts[reason["kind"]] % {"what": reason["what"], "name": reason.get("name", ""), "date": day}

    def _shown_moment(self, seconds):
        """Return the date of a moment where the company works."""
        if seconds is None:
            return "–"
        return self._shown_date(to_datetime(seconds - 1))

    def _sections_capacity(self, facts):
        if "promise" not in facts:
            return [self._evidence_table(*self._first_table_capacity(facts))]
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

    # Capacity as it was told before there was a plan of the machines: such an opinion is read as it was given

    def _first_headline_capacity(self, facts):
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

    def _first_table_capacity(self, facts):
        _ = self.env._
        return (_("Work Center"), _("Needed (h)"), _("Free (h)"), _("Free on Alternatives (h)")), [
            (row["workcenter"], self._shown(row["needed"]), self._shown(row["free"]), self._shown(row["alternatives"]))
            for row in facts["rows"]
        ]

    @api.depends("evidence", "dimension", "remedy_ids.chosen", "state", "evaluation_id.state")
    @api.depends_context("lang", "uid")
    def _compute_capacity_board(self):
        for opinion in self:
            facts = opinion.evidence if opinion.dimension == "capacity" else None
            opinion.capacity_board = opinion._prepare_board(facts) if facts and facts.get("lines") else False

    def _prepare_board(self, facts):
        """Return what the board draws, in words of the reader's language; shares are 0 to 1, hours worked hours."""
        self.ensure_one()
        return {
            "headline": self._headline_capacity(facts),
            "late": facts["late"],
            "asked": self._shown_date(facts["until"]),
            "promise": self._shown_date(facts["promise"]),
            "bottleneck": (facts["bottleneck"] or {}).get("workcenter", ""),
            "days": self._board_days(facts),
            "remedies": self._board_remedies(facts),
            "offers": [self._board_offer(offer) for offer in facts["offers"]],
            "load": self._board_load(facts),
        }

    def _board_days(self, facts):
        """Return the reasons of the days up to the promise, each with its share of the time, and where the asked date is."""
        timed = [reason for reason in facts["reasons"] if reason["until"]]
        if not timed:
            spans = [{"kind": one["kind"], "text": self._reason_text(one), "share": 1} for one in facts["reasons"]]
            return {"spans": spans}
        begin, end = timed[0]["from"], timed[-1]["until"]
        length = max(end - begin, 1)
        spans = [
            {
                "kind": reason["kind"],
                "text": self._reason_text(reason),
                "share": (reason["until"] - reason["from"]) / length,
                "until": self._shown_moment(reason["until"]),
            }
            for reason in timed
        ]
        board = {"spans": spans, "begin": self._shown_moment(begin + 1), "end": self._shown_moment(end), "asked": None}
        if facts["until"]:
            zone = zone_of(self.company_id.sudo().resource_calendar_id)  # sudo: only the time zone is read
            asked = midnight(fields.Date.to_date(facts["until"]) + timedelta(days=1), zone)
            if begin <= asked <= end:
                board["asked"] = (asked - begin) / length
        return board

    def _board_remedies(self, facts):
        """Return the ways out beside the plan as it stands, each with its effect on cost, margin and date."""
        if not facts["late"]:
            return []
        _, reads_cost = self.env._, self._reads_cost()
        rows = [
            {
                "id": 0,
                "kind": "none",
                "name": _("As planned"),
                "date": self._shown_date(facts["promise"]),
                "days": 0,
                "cost": "–",
                "margin": self._board_margin(self.env["paper.evaluation.remedy"]) if reads_cost else None,
                "in_time": False,
                "chosen": not any(self.remedy_ids.mapped("chosen")),
                "can_choose": False,
            }
        ]
        for remedy in self._remedies().filtered("computed"):
            rows.append(
                {
                    "id": remedy.id,
                    "kind": remedy.kind,
                    "name": self._remedy_name(remedy.details) if remedy.details else remedy.name,
                    "date": self._shown_date(fields.Date.to_string(remedy.date_after)),
                    "days": remedy.days_effect,
                    "cost": self._shown_money(remedy.cost_effect) if remedy.cost_known else "–",
                    "margin": self._board_margin(remedy) if reads_cost and remedy.cost_known else None,
                    "in_time": remedy.in_time,
                    "chosen": remedy.chosen,
                    "can_choose": remedy.can_choose,
                    "can_undo": self.waiting_for_me,
                }
            )
        return rows

    def _board_margin(self, remedy):
        percent = remedy._margin_with(self.evaluation_id, remedy.cost_effect)
        return "–" if percent is None else f"{self._shown(percent)} %"

    def _board_offer(self, offer):
        lines = [f"{line['name']}: {self._line_quantity(line)}" for line in offer["lines"] if line["share"]]
        return {"date": self._shown_date(offer["date"]), "rest": self._shown_date(offer["rest"]), "lines": lines}

    def _board_load(self, facts):
        """Return the weeks and, for each machine, the open, booked and added hours of each."""
        load = facts["load"]
        weeks = [self.company_id._paper_date(week, pattern=self.env._("MM/dd")) for week in load["weeks"]]
        machines = [
            {
                "name": row["workcenter"],
                "worst": bool(facts["bottleneck"]) and row["id"] == facts["bottleneck"]["id"],
                "weeks": [
                    {"open": opened, "before": before, "added": added, "hint": self._load_hint(week, opened, before, added)}
                    for week, opened, before, added in zip(
                        weeks, row["open"], row["before"], row["added"], strict=True
                    )
                ],
            }
            for row in load["machines"]
        ]
        return {"weeks": weeks, "machines": machines}

    def _load_hint(self, week, opened, before, added):
        return self.env._(
            "Week of %(week)s: %(open)s h open, %(before)s h booked before, %(after)s h with this order",
            week=week,
            open=self._shown(opened),
            before=self._shown(before),
            after=self._shown(before + added),
        )
