"""Orders: the live report of lines, what happened to them day by day, and its months."""

from . import paper_order_report, paper_order_figure, paper_fact_order, paper_fact_order_month
