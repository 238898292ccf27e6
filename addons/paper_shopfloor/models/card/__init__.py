"""The process card: set points by grade and machine, shown, recorded, out of range alarmed."""

from . import paper_process_card, paper_process_card_line, paper_process_reading, mrp_workcenter, paper_floor_station
