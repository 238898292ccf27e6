"""Steam, power and water by shift, and how they are shared among the work orders."""

from . import paper_meter, paper_meter_reading, mrp_workcenter, mrp_workorder, paper_floor_station
