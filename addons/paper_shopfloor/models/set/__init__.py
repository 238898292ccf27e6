"""A set that comes off the winder, a jumbo that comes down: what is wound, weighed roll by roll."""

from . import paper_roll_defect, paper_floor_set, paper_floor_set_line, stock_lot
from . import mrp_workorder, mrp_production, paper_floor_station
