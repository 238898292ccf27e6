"""When and where the goods of an order go, line by line."""

from . import res_partner, sale_order, sale_order_line
