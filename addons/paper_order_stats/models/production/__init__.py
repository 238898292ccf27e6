"""Production: output, time and material day by day, its months, and the machines' strong and weak points."""

from . import paper_production_figure, paper_fact_production, paper_fact_production_month, paper_machine_month
