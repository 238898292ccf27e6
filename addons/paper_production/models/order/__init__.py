"""What an order and its lines say of their production."""

from . import paper_spec, sale_order, sale_order_line
