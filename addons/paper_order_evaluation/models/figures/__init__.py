"""The figures that a department finds with an order when it is submitted, and how its reader sees them."""

from . import (
    paper_evaluation,
    paper_evaluation_opinion,
)
