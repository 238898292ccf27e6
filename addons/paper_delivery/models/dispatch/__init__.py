from . import paper_spec, stock_move, stock_picking
