"""The result told to sales, and the letter to a customer whose order did not pass (R3.4)."""

from . import (
    paper_evaluation,
    sale_order,
)
