"""What a plan agreed on, and who changes it."""

# The models first, then who refers to them.
from . import (
    paper_plan_amendment,
    paper_plan_change,
    paper_plan_line,
    paper_production_plan,
    mrp_production,
    mrp_workorder,
    stock_move,
    resource_calendar_leaves,
)
