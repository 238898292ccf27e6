from datetime import timedelta

from odoo import api, models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _last_change_date(self):
        """Return the last date for a change of the order, None where it is not known.

        The company's days before the first delivery; override where a production plan knows when the paper is trimmed.
        """
        self.ensure_one()
        days = self.company_id.paper_change_days
        dates = [*filter(None, (line._paper_delivery_day() for line in self._paper_delivery_lines()))]
        return min(dates) - timedelta(days=days) if days and dates else None

    @api.model
    def _settled_by_supplement(self):
        """Return the codes of the blockers that stand against the order as it is, and not against its supplement.

        Override where what is asked of the order is asked of the supplement's own terms.
        """
        return {"contract_in_force"}

    def _check_supplement_blockers(self, step):
        """Refuse to go on with supplements while something that they do not settle stands in the way of ``step``.

        :raises OrderBlockedError: the subclass named for the step, saying what does
        """
        settled = self._settled_by_supplement()
        # sudo: the rule is the same whatever the user may read
        found = {
            order: [item for item in items if item["code"] not in settled]
            for order, items in self.sudo()._get_open_blockers(step).items()
        }
        blocked = {order: items for order, items in found.items() if items}
        if blocked:
            raise self._blocked_error(step, blocked)

    def _open_supplement(self):
        """Return the supplement that is being made to the order's contract; the database holds at most one."""
        self.ensure_one()
        # sudo: who follows the order's status need not read its contracts
        supplements = self.sudo().contract_ids.filtered("parent_id")
        return supplements.filtered(lambda rec: rec.state not in ("in_force", "cancelled"))[:1]

    def _paper_open_steps(self):
        steps = super()._paper_open_steps()
        return [*steps, "supplement"] if self._open_supplement() else steps
