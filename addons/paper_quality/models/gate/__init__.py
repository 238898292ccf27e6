"""Where paper leaves the mill and where it enters: asked of the product and of the places, whatever the document."""

# The places come first: the moves ask them what is ours and what is quarantine.
from . import stock_location, stock_warehouse
from . import paper_stock_exception
from . import stock_lot, stock_move, stock_move_line, stock_picking
from . import mrp_unbuild, product_template, qc_inspection, stock_quant, stock_scrap
