from . import paper_order_report
