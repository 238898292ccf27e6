"""Readings of several specimens, the instruments they are taken with, and what they come to."""

from . import paper_instrument, paper_test_reading, qc_inspection, qc_inspection_line, qc_test_question
