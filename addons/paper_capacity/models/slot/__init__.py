from . import mrp_production
from . import paper_slot_reservation
from . import sale_order
