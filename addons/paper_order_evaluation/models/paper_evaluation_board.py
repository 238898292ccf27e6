from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_capacity.lib.mill import midnight
from odoo.addons.paper_capacity.lib.moments import zone_of


class PaperEvaluation(models.Model):
    _inherit = "paper.evaluation"

    capacity_board = fields.Json(string="Plan", compute="_compute_capacity_board")

    @api.depends("opinion_ids.capacity_board")
    @api.depends_context("lang", "uid")
    def _compute_capacity_board(self):
        for evaluation in self:
            opinion = evaluation.opinion_ids.filtered(lambda rec: rec.dimension == "capacity")
            evaluation.capacity_board = opinion.capacity_board


class PaperEvaluationOpinion(models.Model):
    """The capacity plan as it is drawn: the days up to the promise, the ways out side by side, the load by week (R3.3.2)."""

    _inherit = "paper.evaluation.opinion"

    capacity_board = fields.Json(string="Plan", compute="_compute_capacity_board")

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
