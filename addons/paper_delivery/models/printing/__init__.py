"""What goes with the goods on paper."""

from . import ir_actions_report, stock_lot, stock_picking
