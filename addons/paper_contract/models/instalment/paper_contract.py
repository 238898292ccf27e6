from datetime import date

from odoo import fields, models
from odoo.tools import float_compare

from ..draft.paper_contract import IN_DRAFT
from .paper_contract_instalment import DIGITS


class PaperContract(models.Model):
    _inherit = "paper.contract"

    instalment_ids = fields.One2many(
        "paper.contract.instalment", "contract_id", string="Delivery Schedule", groups="base.group_user", by_hand=IN_DRAFT
    )

    def _instalment_faults(self):
        """Return a line for each product whose instalments are not what is ordered, and for a schedule that ends too late."""
        self.ensure_one()
        found = []
        number = self.env["sale.order.line"]._contract_number
        for line, instalments in self.instalment_ids.grouped("order_line_id").items():
            ordered, unit = line._contract_quantity_unit()
            total = sum(instalments.mapped("quantity"))
            if float_compare(total, ordered, precision_digits=DIGITS):
                text = self.env._(
                    "%(product)s: the instalments come to %(total)s, %(ordered)s %(unit)s are ordered – tab Delivery "
                    "Schedule",
                    product=line._contract_product(),
                    total=number(total),
                    ordered=number(ordered),
                    unit=unit,
                )
                found.append(text)
        for line, instalments in self.instalment_ids.filtered("date").grouped("order_line_id").items():
            if max(instalments.mapped("date")) > (line._paper_delivery_day() or date.max):
                late = self.env._("%(product)s: the last instalment is later than its delivery date.",
                                  product=line._contract_product())
                found.append(late)
        return found

    def _schedule_warnings(self):
        if not self.parent_id.instalment_ids:
            return {}
        quantities = self.change_ids.filtered(lambda change: change.new_quantity != change.old_quantity)
        figures = {str(change.order_line_id.id): change.new_quantity for change in quantities}
        for change in self.change_ids.filtered(lambda rec: rec._changes("commitment_date")):
            figures[f"date {change.order_line_id.id}"] = fields.Datetime.to_string(change.new_commitment_date) or ""
        if self.new_commitment_date != self.old_commitment_date:
            figures["date"] = fields.Datetime.to_string(self.new_commitment_date) or ""
        # With the figures, so that another change is another warning.
        return {"schedule_left": ("633", {**figures, "contract": self.parent_id.name})} if figures else {}

    def _instalment_texts(self):
        """Return the schedule in the contract's language: ``[(date, product, quantity), …]``."""
        self.ensure_one()
        contract = self.sudo().with_context(lang=self.language)  # sudo: the text is the same for every reader
        number = self.env["sale.order.line"]._contract_number
        return [
            (contract._date_text(item.date), item.order_line_id._contract_product(), f"{number(item.quantity)} {item.unit}")
            for item in contract.instalment_ids
        ]

    def _scheduled_time_text(self, time):
        """Return when the goods are delivered, as a clause says it, with a word on the schedule where there is one."""
        self.ensure_one()
        dates = set(self.instalment_ids.mapped("date"))
        if not dates or not time:
            return time
        return self.env._(
            "%(date)s (in %(number)s instalments, as in the Delivery Schedule)", date=time, number=len(dates)
        )
