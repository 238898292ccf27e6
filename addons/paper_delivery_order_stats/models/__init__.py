from . import paper_fact_delivery
