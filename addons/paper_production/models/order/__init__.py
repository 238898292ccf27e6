from . import paper_spec, sale_order, sale_order_line
