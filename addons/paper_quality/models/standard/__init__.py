"""Limits from a customer's or a product standard, where the specification says nothing."""

from . import paper_quality_standard, paper_quality_standard_line, res_company
