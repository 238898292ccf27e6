"""What the mill can offer in place of an order that does not pass, and the customer's answer (R3.4)."""

from . import (
    paper_evaluation_alternative,
    paper_evaluation_alternative_line,
    paper_evaluation,
)
