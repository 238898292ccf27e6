"""A trip: one vehicle, one way, its stops; Odoo's batch of transfers with what a mill's dispatcher adds."""

from . import fleet_vehicle_model_category, stock_move_line, stock_picking_batch
from . import paper_trip_stop, stock_picking
