"""Two levels of product and order: base paper that a run makes, and finished paper that is cut from it (R5.1.1)."""

from . import product_template, mrp_routing_workcenter, mrp_bom, mrp_bom_line, stock_rule, mrp_production, paper_production_plan
