from . import paper_production_figure, paper_fact_production
