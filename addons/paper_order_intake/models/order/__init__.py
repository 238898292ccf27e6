from . import paper_intake_message, sale_order, sale_order_line
