"""What is loaded is what was announced, and packed as it must be."""

from . import paper_packing_check, stock_picking
