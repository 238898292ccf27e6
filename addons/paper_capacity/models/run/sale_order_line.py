from datetime import timedelta

from odoo import models

from ...lib.mill import midnight
from ...lib.moments import to_datetime, zone_of


class SaleOrderLine(models.Model):
    _inherit = "sale.order.line"

    def _paper_finish_by(self):
        """Return the last moment (UTC) at which the line may be done to be with the customer on the day that was promised,
        or else asked for: that day less the days on the way; False where no day is known."""
        self.ensure_one()
        company = self.company_id
        day = company._paper_day(self.paper_promised_date) or self._paper_delivery_day()
        zone = zone_of(company.sudo().resource_calendar_id)  # sudo: only the time zone is read
        return to_datetime(midnight(day - timedelta(days=self._paper_transit_days() - 1), zone)) if day else False
