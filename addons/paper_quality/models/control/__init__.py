"""Control points: what is inspected where and how often, and what waits for it."""

from . import paper_control_point, qc_inspection, mrp_production, mrp_workorder, mrp_workcenter_productivity
from . import stock_move_line, stock_move
