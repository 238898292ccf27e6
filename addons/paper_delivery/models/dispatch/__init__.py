"""The transfer that is a delivery of paper."""

from . import paper_spec, stock_move, stock_picking
