"""The order changed: which opinions still stand, and the decision kept as it was made (R3.3.1)."""

from . import paper_evaluation, paper_evaluation_opinion
