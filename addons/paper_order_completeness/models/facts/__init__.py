"""What an order must tell before it is evaluated, and which of it an order lacks."""

from . import paper_required_fact, sale_order, sale_order_line
