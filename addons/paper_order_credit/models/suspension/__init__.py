"""Holding a signed order as the law allows: evidence, notice, security, resumption or termination."""

from . import paper_performance_suspension, sale_order
