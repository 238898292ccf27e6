from . import paper_performance_suspension, sale_order
