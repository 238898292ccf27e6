from . import paper_fact_case
