from . import paper_production_plan_return
