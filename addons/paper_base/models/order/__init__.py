"""The order and its lines: what they are, and what nobody changes once they are confirmed."""

from . import account_move_line, paper_order_source, sale_order, sale_order_line
