from . import (
    costs,
    cost_overviews,
    mrp_production,
    paper_customer_material,
    mrp_workcenter,
    mrp_workcenter_productivity,
    mrp_workorder,
    paper_production_plan,
    paper_production_plan_figures,
    paper_production_record,
    paper_spec,
    res_company,
    res_config_settings,
    res_users,
    sale_order,
    sale_order_line,
    sale_order_toll,
    stock_lot,
    stock_move,
    stock_move_line,
    stock_picking,
    stock_quant,
    stock_rule,
)

# A room of its own: what a plan agreed on, and who changes it.
from . import approved
