"""Months, quarters and years: what was reported, what it is now, and why it differs; exports beside them."""

from . import paper_stats_period, paper_stats_snapshot, paper_reported_mixin, paper_stats_snapshot_line, paper_stats_correction
from . import paper_stats_export
