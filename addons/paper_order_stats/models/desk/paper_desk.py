from datetime import timedelta

from odoo import api, fields, models
from odoo.addons.paper_base.lib.desk import Figure
from odoo.fields import Domain
from odoo.tools import float_round

WEEKS = 4


class PaperDesk(models.AbstractModel):
    _inherit = "paper.desk"

    @api.model
    def _paper_figures(self):
        figures = super()._paper_figures()
        if not self.env["paper.order.report"].has_access("read"):
            return figures
        return [*figures, *self._on_time_figures(), *self._sold_figures()]

    @api.model
    def _statistics(self):
        """Return the statistics, which count days where the mill stands."""
        return self.env["paper.order.report"].with_context(tz=self.env.company._paper_zone())

    @api.model
    def _on_time_figures(self):
        """Return which share of the items that fell due came in full and on time (OTIF), week by week."""
        company, report = self.env.company, self._statistics()
        tomorrow = company._paper_today() + timedelta(days=1)
        fell = company._paper_within("commitment_date", tomorrow - timedelta(weeks=WEEKS), tomorrow)
        domain = Domain("due_count", ">", 0) & fell
        weeks = report._read_group(domain, ["commitment_date:week"], ["due_count:sum", "on_time_count:sum"])
        due, kept = (sum(row[place] for row in weeks) for place in (1, 2))
        if not due:
            return []
        name = self.env._("In full and on time, %(weeks)s weeks", weeks=WEEKS)
        note = self.env._("%(kept)s of %(due)s items", kept=kept, due=due)
        bars = []
        for week, items, on_time in weeks:
            first = fields.Date.to_date(week)
            within = company._paper_within("commitment_date", first, first + timedelta(weeks=1))
            bars.append((company._paper_date(first), _percent(on_time, items), 0, domain & within))
        return [Figure("on_time", name, _percent(kept, due), report._name, domain, unit="%", bars=bars, note=note)]

    @api.model
    def _sold_figures(self):
        """Return what was confirmed since the month began, for who may read what orders are worth."""
        company, report = self.env.company, self._statistics()
        if not report._has_field_access(report._fields["confirmed_amount"], "read"):
            return []
        begun = company._paper_day_begins(company._paper_today().replace(day=1))
        domain = Domain("is_counted", "=", True) & Domain("state", "=", "sale") & Domain("date_order", ">=", begun)
        ((amount, weight),) = report._read_group(domain, [], ["confirmed_amount:sum", "confirmed_kg:sum"])
        if not weight:
            return []
        name, note = self.env._("Confirmed this month"), self.env._("%(tonnes)s t", tonnes=float_round(weight / 1000, 1))
        value = company.currency_id.round(amount or 0.0)
        return [Figure("confirmed", name, value, report._name, domain, unit=company.currency_id.name, note=note)]


def _percent(part, whole):
    return float_round(100.0 * part / whole, 1)
