"""What goods and machines cost is kept from the departments that make, store and ship (see ``paper.figures.hidden``)."""

from . import ir_actions_report, mrp_production, mrp_routing_workcenter, mrp_workcenter, mrp_workorder, product_value
from . import purchase_bill_line_match, purchase_order, purchase_order_line, report_bom_structure, report_mo_overview
from . import stock_lot, stock_move
