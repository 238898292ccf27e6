"""The customer signs for the goods."""

from . import paper_delivery_event, paper_delivery_receipt, stock_picking
