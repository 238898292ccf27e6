"""The inspection of what was made: with its manufacturing order, before it enters stock."""

from . import mrp_production, qc_inspection, stock_move, stock_reference, stock_rule
