"""The customer's pulp: received, used for this customer alone, what is left of it."""

from . import paper_customer_material, sale_order, stock_picking, stock_quant
