"""What is printed of an order, and what the customer reads of it in the portal."""

from . import ir_actions_report, sale_order, sale_order_line
