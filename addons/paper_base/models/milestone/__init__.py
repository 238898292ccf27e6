from . import ir_websocket, sale_order, sale_order_line
