from odoo import fields, models


class PaperEvaluation(models.Model):
    """The date that can be promised, and why no earlier one can: machines, materials, development and the way to the
    customer, joined (R3.3.2)."""

    _inherit = "paper.evaluation"

    promise_date = fields.Date(
        string="Promise Date",
        help="When the whole order can be with the customer, by the plan as it was when the figures were taken.",
    )
    bottleneck_id = fields.Many2one("mrp.workcenter", string="Bottleneck", check_company=True)
    promise_late = fields.Boolean(string="Later than Asked")

    # What other dimensions know of the time

    def _line_waits(self, netted):
        """Return what each line waits for before its first operation: materials that are not there yet, and development.

        Override to add: call ``super()``, append, return.

        :param netted: what :meth:`_net_orders` gives
        :return: ``{sale.order.line: [{"kind", "date", "what"}]}`` with every paper line as a key: ``kind`` is ``receipt``,
            ``purchase``, ``unknown`` or ``development``, ``date`` the day on which it is there (work begins on the next;
            None where nobody knows), ``what`` its name
        """
        offers = self._find_offers({evaluation: evaluation._merge_needs(netted["nets"]) for evaluation in self})
        developed = self._asked_orders().order_line._development_ready_days()
        waits = {}
        for evaluation in self:
            today = evaluation.company_id._paper_today()
            for line in evaluation._paper_lines():
                waits[line] = found = []
                row = evaluation._line_ready(line, netted["nets"][line], offers[evaluation.company_id])
                ready = fields.Date.to_date(row["ready"])
                if row["by"] == "unknown" or (ready and ready > today):
                    found.append({"kind": row["by"], "date": ready, "what": row["material"]})
                if line in developed:
                    found.append({"kind": "development", "date": developed[line][0], "what": developed[line][1].name})
        return waits

    def _slot_expiry(self):
        """Return until when a slot that is held now is held: the end of that many working days."""
        self.ensure_one()
        company = self.company_id
        day = company._paper_add_working_days(company._paper_today(), company.paper_reservation_days)
        return fields.Datetime.end_of(fields.Datetime.to_datetime(day), "day")
