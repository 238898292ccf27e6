from . import paper_order_mover, sale_order, sale_order_line
