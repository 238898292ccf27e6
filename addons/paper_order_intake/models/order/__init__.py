"""What becomes of arrivals: orders, their items, rows that are still open."""

from . import paper_intake_message, sale_order, sale_order_line
