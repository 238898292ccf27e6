from odoo import api, models
from odoo.fields import Domain

from ...exceptions import DeskError
from ...lib.desk import Figure
from ..standing.sale_order import SOON_DAYS

ORDERS = "paper_base.action_paper_orders"
TO_DOS = "mail.activity"
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
        return [*self._order_figures(), *self._escalation_figures()]

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
            "action": figure.action,
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
        count, late_count = (sum(bar[place] for bar in bars) for place in (1, 2))
        return [
            Figure("open", _("Open orders"), count, "sale.order", waiting, bars=bars, action=ORDERS),
            Figure("late", _("Late orders"), late_count, "sale.order", late, tone="bad" if late_count else "good", action=ORDERS),
            Figure(
                "risk",
                _("Due within %(days)s working days", days=SOON_DAYS),
                orders.search_count(risk),
                "sale.order",
                risk,
                tone="warning",
                action=ORDERS,
            ),
        ]

    @api.model
    def _escalation_figures(self):
        """Return what was escalated to the user and waits still, by kind of document: deadlines that were missed."""
        missed = Domain("paper_kind", "=", "missed") & Domain("user_id", "=", self.env.uid)
        # sudo: the own to-dos, which Odoo would look up document by document; only how many they are is told
        found = self.env[TO_DOS].sudo()._read_group(missed, ["res_model_id"], ["__count"], order="__count DESC")
        bars = [(model.name, count, count, missed & Domain("res_model_id", "=", model.id)) for model, count in found]
        name, count = self.env._("Missed deadlines that were reported to you"), sum(bar[1] for bar in bars)
        tone = "bad" if count else "good"
        return [Figure("escalated", name, count, TO_DOS, missed, tone=tone, bars=bars, action="mail.mail_activity_action_my")]

    @api.model
    def _department_rows(self):
        """Return for each department what orders wait for it: ``{"name", "count", "late", "domain"}``."""
        orders = self.env["sale.order"]
        waiting = orders._under_way_domain() & Domain("paper_stage_ball", "=", False)
        bars = self._bars(orders, waiting, LATE, "paper_stage_department_id")
        return [{"name": name, "count": count, "late": late, "domain": list(domain)} for name, count, late, domain in bars]
