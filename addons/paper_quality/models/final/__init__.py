from . import mrp_production, qc_inspection, stock_move, stock_reference, stock_rule
