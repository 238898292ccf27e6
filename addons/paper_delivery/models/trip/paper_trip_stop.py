from odoo import fields, models

from ...exceptions import TripError
from .stock_picking_batch import LOGISTICS

# Until the trip leaves.
ORDERED = {"new": (), "planned": (LOGISTICS,), "loading": (LOGISTICS,)}


class PaperTripStop(models.Model):
    """A place at which a trip unloads: in which order, between which hours, and when it was there."""

    _name = "paper.trip.stop"
    _description = "Stop of a Trip"
    _inherit = ["paper.step.mixin"]
    _order = "batch_id, sequence, id"
    _step_field = "trip_state"
    _field_error = TripError

    batch_id = fields.Many2one("stock.picking.batch", string="Trip", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="batch_id.company_id", store=True, index=True)
    trip_state = fields.Selection(related="batch_id.paper_state", string="Trip Status")
    sequence = fields.Integer(default=10, by_hand=ORDERED)
    partner_id = fields.Many2one("res.partner", string="Deliver to", required=True, index=True, by_steps=True)
    window_from = fields.Float(string="From", help="Hour of the day.", by_hand=ORDERED)
    window_to = fields.Float(string="To", help="Hour of the day.", by_hand=ORDERED)
    arrived_on = fields.Datetime(by_steps=True)
    unloaded_on = fields.Datetime(by_steps=True)

    _window = models.Constraint("CHECK(window_to >= window_from)", "A window ends after it begins.")
