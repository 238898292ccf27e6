from . import paper_delivery_receipt, stock_picking
