"""Framework contracts, and the orders that are called off from them."""

from . import sale_order, sale_order_line
