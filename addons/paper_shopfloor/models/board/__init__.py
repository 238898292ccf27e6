"""What the tablet shows of its machine, and the supervisor of all of them."""

from . import mrp_workcenter, paper_floor_station
