from zoneinfo import ZoneInfo

from odoo import fields, models

from ...lib.shifts import shift_of, span_of


class ResCompany(models.Model):
    _inherit = "res.company"

    paper_shift_hour = fields.Float(
        string="Early Shift Begins at",
        default=8.0,
        help="Hour of the mill's clock; three shifts of eight hours follow each other.",
    )
    paper_energy_by_hours = fields.Float(
        string="Energy Shared by Hours (%)",
        digits=(5, 2),
        default=50.0,
        help="What a meter counted is shared among work orders: so much by their hours on the machine, the rest by their tonnes.",
    )

    _paper_shift_hour_within = models.Constraint(
        "CHECK(paper_shift_hour >= 0 AND paper_shift_hour < 24)", "The early shift begins between 0:00 and 24:00."
    )
    _paper_energy_percent = models.Constraint(
        "CHECK(paper_energy_by_hours >= 0 AND paper_energy_by_hours <= 100)", "A share is between 0 and 100 %."
    )

    def _paper_shift(self, moment):
        """Return (day, shift) of a moment (UTC): ``early``, ``late`` or ``night`` by the mill's clock."""
        self.ensure_one()
        local = moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo(self._paper_zone())).replace(tzinfo=None)
        return shift_of(local, self.paper_shift_hour)

    def _paper_shift_span(self, day, shift):
        """Return (begin, end) of a shift, UTC."""
        self.ensure_one()
        zone = ZoneInfo(self._paper_zone())
        return tuple(
            at.replace(tzinfo=zone).astimezone(ZoneInfo("UTC")).replace(tzinfo=None)
            for at in span_of(day, shift, self.paper_shift_hour)
        )
