"""Ways out of an answer that is not a plain yes (R3.3.2, R3.3.3)."""

from . import (
    paper_evaluation_remedy,
    paper_evaluation,
    paper_evaluation_opinion,
)
