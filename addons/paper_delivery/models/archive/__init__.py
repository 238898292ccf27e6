"""What becomes of a proof: the original is chased and filed, the customer told, the use of the paper followed."""

from . import res_company, sale_order, stock_picking
