"""What is loaded is what was announced, and packed as it must be."""

from . import paper_packing_check, res_company, res_config_settings, stock_picking, stock_quant
