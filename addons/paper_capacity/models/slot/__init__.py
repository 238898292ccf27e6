"""Machine hours that an order holds, until its work orders take their place."""

from . import mrp_production
from . import paper_slot_reservation
from . import sale_order
