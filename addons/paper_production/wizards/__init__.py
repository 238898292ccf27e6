from . import change_production_qty, mrp_production_split, paper_roll_entry
