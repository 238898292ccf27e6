"""Sampling by attributes: tables, schemes, the samples of an inspection, and how strictly a source is inspected."""

from . import paper_sampling_table, paper_sampling_scheme, paper_sampling_class, paper_sampling_history
from . import paper_inspection_sample, qc_inspection
