from . import paper_required_fact, sale_order, sale_order_line
