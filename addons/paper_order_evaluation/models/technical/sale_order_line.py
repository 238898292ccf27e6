from odoo import models


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _development_ready_dates(self):
        """Tell from when on the lines can be made, as their development plans have it (R3.3.4).

        :return: ``{line: (date, reason in the reader's language)}`` for the lines with a plan that is not yet done;
            a milestone that is overdue counts as of today
        """
        return {
            line: (
                day,
                self.env._(
                    "Development “%(plan)s” is ready on %(date)s",
                    plan=plan.name,
                    date=line.company_id._paper_date(day),
                ),
            )
            for line, (day, plan) in self._development_ready_days().items()
        }

    def _development_ready_days(self):
        """Return ``{line: (date, development plan)}`` of the lines with a plan that is not yet done."""
        # sudo: whoever evaluates an order need not read development plans
        lines = self._origin.sudo()
        dates = {}
        for plan in lines.order_id.paper_development_ids:
            if plan.state not in ("draft", "running") or not plan.date_end:
                continue
            day = max(plan.date_end, plan.company_id._paper_today())
            for line in plan.line_id or plan.order_id.order_line.filtered("is_paper"):
                if line in lines and (line not in dates or day > dates[line][0]):
                    dates[line] = (day, plan)
        return {line: dates[line._origin] for line in self if line._origin in dates}
