"""The question of technology: each property against what each machine can make, and development (R3.3.4)."""

from . import (
    paper_evaluation,
    paper_evaluation_opinion,
    paper_development_plan,
    paper_development_milestone,
    sale_order,
    sale_order_line,
)
