"""Where an order stands on its way through the regulation, told live."""

from . import ir_websocket, sale_order, sale_order_line
