from odoo import models

# Who has to do something about a roll that a person brought to a disposition.
TOLD = {
    "held": "paper_base.group_quality",
    "rework": "paper_base.group_workshop",
    "downgrade": "paper_base.group_sales",
    "cull": "paper_base.group_warehouse",
    "broke": "paper_base.group_warehouse",
}
SHOWN = 12


class StockLot(models.Model):
    _inherit = "stock.lot"

    def _paper_tell_disposed(self, lost):
        """Tell whoever has to do something now: one to-do for all rolls of the step, at the first of them.

        The inspections tell of what they find themselves. Whose department took the step is not told of it.

        :param lost: ``{stock.picking: stock.lot}``, the deliveries that rolls were kept for
        """
        for picking, lots in lost.items():
            picking._paper_tell_stopped(lots, left=False)
        by_hand = self.filtered("paper_stopped_by_hand")
        for (state, company), lots in by_hand.grouped(lambda lot: (lot.paper_disposition, lot.company_id)).items():
            group = TOLD.get(state)
            if group and not self._is_one_of((group,)):
                (company or self.env.company)._paper_tell(
                    group, lots[:1], lambda lot, all_of_them=lots: all_of_them.with_env(lot.env)._told_words(), quietly=True
                )
        stopped = by_hand.filtered(lambda lot: lot.paper_disposition == "held")
        for picking, lots in stopped._paper_delivered().items():
            picking._paper_tell_stopped(lots, left=True)

    def _paper_delivered(self):
        """Return ``{stock.picking: stock.lot}``: by which deliveries these rolls have left for customers."""
        # sudo: a fault concerns whoever has the rolls, whoever saw it
        lines = (
            self.env["stock.move.line"]
            .sudo()
            .search([("lot_id", "in", self.ids), ("state", "=", "done"), ("location_dest_id.usage", "=", "customer")])
        )
        return {picking: own.lot_id for picking, own in lines.grouped("picking_id").items() if picking}

    def _told_words(self):
        first = self[0]
        names = dict(self._fields["paper_disposition"]._description_selection(self.env))
        return self.env._(
            "%(count)s rolls “%(disposition)s”: %(rolls)s. %(reason)s",
            count=len(self),
            disposition=names[first.paper_disposition],
            rolls=self._told_names(),
            reason=first.paper_disposition_reason or "",
        )

    def _told_names(self):
        return ", ".join(self[:SHOWN].mapped("name")) + ("…" if len(self) > SHOWN else "")
