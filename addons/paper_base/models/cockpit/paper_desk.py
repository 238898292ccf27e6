from odoo import api, models
from odoo.fields import Domain

from ...exceptions import DeskError
from ...lib.desk import Figure
from ..standing.sale_order import SOON_DAYS

LATE = Domain("paper_stage_late", "=", True)


class PaperDesk(models.AbstractModel):
    """The cockpit: figures of the whole mill, each of which opens the records that it counts (R4.2.2)."""

    _inherit = "paper.desk"

    @api.model
    def _paper_figures(self):
        """List the figures of the cockpit, as :class:`~odoo.addons.paper_base.lib.desk.Figure`.

        Override to add: call ``super()``, put your own into the list and return it. What the user may not read is left
        out by whoever adds it, and so is a figure that has no source yet.
        """
        return self._order_figures()

    @api.model
    @api.readonly
    def get_cockpit(self):
        """Return the figures that are drawn, and for each department what it has and how much of it is late.

        :raises DeskError: for others than the management and who keeps the system
        """
        if not self._sees_all():
            raise DeskError(self.env._("The cockpit is the management's; open your own desk."))
        figures = [self._figure_row(figure) for figure in self._paper_figures()]
        return {"figures": figures, "departments": self._department_rows()}

    @api.model
    def _figure_row(self, figure):
        return {
            "code": figure.code,
            "name": figure.name,
            "value": figure.value,
            "unit": figure.unit,
            "tone": figure.tone,
            "model": figure.model,
            "domain": list(Domain(figure.domain)),
            "note": figure.note,
            "bars": [
                {"label": label, "value": value, "late": late, "domain": list(Domain(domain))}
                for label, value, late, domain in figure.bars
            ],
        }

    @api.model
    def _bars(self, model, waiting, late, field, names=None):
        """Return the bars of a figure, as :class:`~odoo.addons.paper_base.lib.desk.Figure` has them.

        :param model: of the records that are counted
        :param waiting: domain of those that are
        :param late: domain of those of them that are late
        :param field: by which they are grouped
        :param names: ``[(value, name)]`` of the groups, in their order; unless given, they are records with names of their own
        """
        counts = dict(model._read_group(waiting, [field], ["__count"]))
        delayed = dict(model._read_group(waiting & late, [field], ["__count"]))
        if names is None:
            # sudo: only the names are shown
            names = [(record, record.sudo().name) for record in counts if record]
        return [
            (name, counts[value], delayed.get(value, 0), waiting & Domain(field, "in", getattr(value, "ids", [value])))
            for value, name in names
            if value in counts
        ]

    @api.model
    def _order_figures(self):
        """Return the figures of orders: where they stand, which are late, which will be."""
        _ = self.env._
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain()
        late = waiting & LATE
        today = self.env.company._paper_today()
        soon = self.env.company._paper_add_working_days(today, SOON_DAYS)
        risk = waiting & Domain("paper_stage_deadline", ">=", today) & Domain("paper_stage_deadline", "<=", soon)
        bars = self._bars(orders, waiting, LATE, "paper_stage", orders._paper_stages())
        late_count = sum(delayed for _name, _count, delayed, _domain in bars)
        return [
            Figure("open", _("Open orders"), sum(count for _name, count, *_rest in bars), "sale.order", waiting, bars=bars),
            Figure("late", _("Late orders"), late_count, "sale.order", late, tone="bad" if late_count else "good"),
            Figure(
                "risk",
                _("Due within %(days)s working days", days=SOON_DAYS),
                orders.search_count(risk),
                "sale.order",
                risk,
                tone="warning",
            ),
        ]

    @api.model
    def _department_rows(self):
        """Return for each department what orders wait for it: ``{"name", "count", "late", "domain"}``."""
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain() & Domain("paper_stage_ball", "=", False)
        bars = self._bars(orders, waiting, LATE, "paper_stage_department_id")
        return [{"name": name, "count": count, "late": late, "domain": list(domain)} for name, count, late, domain in bars]
