from . import account_move_line, paper_order_source, sale_order, sale_order_line
