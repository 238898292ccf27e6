from . import paper_blocker_override, sale_order
