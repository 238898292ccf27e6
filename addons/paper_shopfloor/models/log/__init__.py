"""The shift log and its handover, signed by who goes and who comes."""

from . import paper_shift_log, paper_floor_station
