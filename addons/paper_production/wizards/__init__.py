from . import change_production_qty, mrp_production_split, paper_plan_replan, paper_roll_entry, paper_roll_entry_line
from . import paper_breakdown
