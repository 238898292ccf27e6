from odoo import fields, models


class ResCompany(models.Model):
    """What the company lets the promise date reckon with (R3.3.2)."""

    _inherit = "res.company"

    paper_transit_days = fields.Integer(
        string="Days in Transit", help="Calendar days from the mill to a customer whose address says nothing else."
    )
    paper_reservation_days = fields.Integer(
        string="Slots Held (working days)",
        default=5,
        help="Working days for which an order under evaluation holds its machine hours, and again once it passed. 0: none.",
    )
    paper_overtime_hours = fields.Float(
        string="Overtime a Day (h)",
        default=3.0,
        help="Hours that a machine can run after its last shift. Labour Law of the PRC, article 41: at most three hours a day "
        "and 36 a month for each worker. 0: no overtime is proposed.",
    )
    paper_overtime_surcharge = fields.Float(
        string="Overtime Surcharge (%)",
        default=50.0,
        help="Added to the cost of a machine hour in overtime. Labour Law of the PRC, article 44: wages of at least 150 % on a "
        "working day, 200 % on a rest day, 300 % on a public holiday.",
    )

    _paper_capacity_positive = models.Constraint(
        "CHECK(paper_transit_days >= 0 AND paper_reservation_days >= 0 "
        "AND paper_overtime_hours >= 0 AND paper_overtime_surcharge >= 0)",
        "Days, hours and surcharges of the capacity plan cannot be negative.",
    )

    def _paper_counted_trim(self):
        """Return the share of the web, 0 to 1, that counts as trim at most. Override where the company states it."""
        return 0.05
