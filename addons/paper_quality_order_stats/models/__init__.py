from . import paper_fact_inspection
