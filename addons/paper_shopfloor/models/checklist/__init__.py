"""What is checked at a machine: at the beginning of a shift, before a set-up, when it is cleaned."""

from . import paper_checklist, paper_checklist_item, paper_checklist_report, mrp_workcenter, paper_floor_station
