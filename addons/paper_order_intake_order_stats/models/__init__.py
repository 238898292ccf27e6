from . import paper_order_figure, paper_fact_order
