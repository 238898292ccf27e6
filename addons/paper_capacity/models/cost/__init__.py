from . import paper_cost_rate
