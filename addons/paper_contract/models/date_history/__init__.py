"""How the delivery date of an order has changed, for its customer."""

from . import paper_order_promise, sale_order
