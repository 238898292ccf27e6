from datetime import timedelta

from odoo import Command, api, models


class PaperEvaluation(models.Model):
    """What the mill could make instead of an order that does not pass: a later date, a part quantity, a nearby
    specification (R3.4)."""

    _inherit = "paper.evaluation"

    def _compute_alternatives(self):
        """Compute what could be offered to the customer in place of each failed order.

        Override to add: call ``super()``, append results of :meth:`_alternative` and return. Called once for any
        number of evaluations, with sudo, when a panel fails, and again when sales asks for it before the letter goes.

        :return: ``{evaluation: [alternative, …]}`` with every evaluation of ``self`` as a key
        """
        found = {evaluation: [] for evaluation in self}
        for evaluation in self:
            days = evaluation._days_that_help()
            if days:
                later = {
                    line: line._paper_delivery_day() + timedelta(days=days)
                    for line in evaluation._paper_lines()
                    if line._paper_delivery_day()
                }
                found[evaluation] += evaluation._later_dates(later)
        return found

    def _later_dates(self, days, reason=""):
        """Return the alternative of later dates, [] without one: of the order where all its lines move to the same day, of
        each line that moves otherwise.

        :param days: ``{sale.order.line: date}`` of the lines that move
        """
        self.ensure_one()
        if not days:
            return []
        if len(set(days.values())) == 1 and self._paper_lines() <= self.env["sale.order.line"].union(*days):
            return [self._alternative("date", date=next(iter(days.values())), reason=reason)]
        return [self._alternative("date", lines={line: {"date": day} for line, day in days.items()}, reason=reason)]

    def _days_that_help(self):
        """Return the days later on which each failing department sees a way of its own, 0 where one sees none."""
        self.ensure_one()
        failed = self.opinion_ids.filtered(lambda opinion: opinion.verdict == "no")
        typed = {opinion: opinion._remedies().filtered(lambda remedy: not remedy.computed) for opinion in failed}
        days = [min((rec.days_effect for rec in typed[op] if rec.days_effect > 0), default=0) for op in failed]
        return max(days) if days and all(days) else 0

    @api.model
    def _alternative(self, kind, date=None, lines=None, reason=""):
        """Return one alternative: the order as it stands, with these changes.

        :param kind: ``date`` (all of it, later), ``quantity`` (a part of it) or ``spec`` (a paper near to the ordered one)
        :param date: the delivery date offered, None to keep the customer's
        :param lines: ``{sale.order.line: {"quantity": in its own paper_unit, "spec": {field of paper.spec: value}, "date":
            of delivery}}``, all keys optional; lines that are not named stay as they are, a quantity of 0 takes a line off
        :param reason: why this can be made, for readers inside the mill; the customer never sees it
        """
        return {"kind": kind, "date": date, "lines": lines or {}, "reason": reason}

    def _prepare_alternative(self, alternative):
        """Return the values of the record of an :meth:`_alternative`."""
        self.ensure_one()
        return {
            "evaluation_id": self.id,
            "kind": alternative["kind"],
            "delivery_date": alternative["date"],
            "reason": alternative["reason"],
            "computed": True,
            "line_ids": [
                Command.create(
                    {
                        "order_line_id": line.id,
                        "change_quantity": "quantity" in change,
                        "quantity": change.get("quantity", 0.0),
                        "spec_changes": change.get("spec") or False,
                        "delivery_date": change.get("date", False),
                    }
                )
                for line, change in alternative["lines"].items()
            ],
        }
