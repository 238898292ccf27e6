"""Purchases: ordered, received, returned and billed day by day, promises kept or not, and their months."""

from . import paper_purchase_figure, paper_purchase_promise, paper_fact_purchase, paper_fact_purchase_month
