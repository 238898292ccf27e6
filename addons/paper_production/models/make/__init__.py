"""Making: orders, work orders, machines, records, moves."""

from . import mrp_production, mrp_workcenter, mrp_workcenter_productivity, mrp_workorder, paper_production_record
from . import stock_lot, stock_move, stock_move_line, stock_rule
