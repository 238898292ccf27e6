"""What the panel has to know from the customer before it can answer (R3.3.1)."""

from . import (
    paper_evaluation_question,
    paper_evaluation,
)
