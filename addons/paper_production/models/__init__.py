from . import (
    mrp_production,
    mrp_workcenter,
    mrp_workcenter_productivity,
    mrp_workorder,
    paper_production_plan,
    paper_production_plan_figures,
    paper_production_record,
    paper_spec,
    res_users,
    sale_order,
    stock_move,
    stock_rule,
)
