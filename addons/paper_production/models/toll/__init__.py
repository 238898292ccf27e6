from . import paper_customer_material, sale_order, stock_picking, stock_quant
