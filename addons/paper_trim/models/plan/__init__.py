"""The chosen trim in the production plan and its manufacturing orders."""

from . import sale_order_line, mrp_production, paper_production_plan
