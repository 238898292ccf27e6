"""Summaries of a month or quarter, and the actions that follow from them (R7.3.2)."""

from . import paper_aftersales_action, paper_aftersales_summary
