"""The engine: tables of figures, the queue of what changed, and the nightly check against the documents."""

from . import (
    paper_month_mixin,
    paper_figure_table,
    paper_fact_queue,
    paper_fact_check,
    paper_fact_mixin,
    paper_fact_customer_mixin,
    paper_fact_month_mixin,
)
