from odoo import api, models

from ...exceptions import TripError
from .stock_picking_batch import OPEN_TRIP


class StockPicking(models.Model):
    _inherit = "stock.picking"

    @api.constrains("batch_id")
    def _check_trip(self):
        """Refuse a delivery of paper on a trip before its notice was issued, or on one that left without it.

        :raises TripError: naming the delivery
        """
        for picking in self.filtered("batch_id.is_paper_trip"):
            # sudo: the rule is the same whatever the user may read
            own = picking.sudo()
            if own.is_paper_dispatch and own.paper_notice_id.state not in ("issued", "planned", "done"):
                raise TripError(self.env._("%(delivery)s has no issued dispatch notice yet.", delivery=own.name))
            if own.batch_id.paper_state not in OPEN_TRIP and own.state != "done":
                raise TripError(
                    self.env._(
                        "%(trip)s is under way or over: plan %(delivery)s otherwise.", trip=own.batch_id.name, delivery=own.name
                    )
                )

    def button_validate(self):
        # Odoo takes a delivery that leaves alone off its batch; a mill's trip keeps what it carries.
        trips = {picking: picking.batch_id for picking in self if picking.batch_id.is_paper_trip}
        result = super().button_validate()
        for picking, trip in trips.items():
            if picking.state == "done" and picking.batch_id != trip:
                # sudo: whoever ships keeps the trip together
                picking.sudo().batch_id = trip
        return result
