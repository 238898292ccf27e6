"""Where an order stands, stored, so that it is searched, grouped and sorted by; the tracking table."""

from . import paper_order_mover, sale_order, sale_order_line
