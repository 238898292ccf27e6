from . import paper_packing_check, stock_picking
