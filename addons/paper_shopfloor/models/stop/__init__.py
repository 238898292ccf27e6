"""Why a machine stood still, by a tree of reasons."""

from . import mrp_workcenter_productivity_loss, paper_floor_station
