"""What a plan needs of materials, from whom it is bought, and that nothing is planned out of nothing (R5.2.1)."""

from . import product_template, product_supplierinfo, res_company, res_config_settings
from . import mrp_production, paper_production_plan
from . import paper_material_plan, paper_material_line, paper_material_offer
from . import purchase_order, purchase_order_line, sale_order, stock_picking
