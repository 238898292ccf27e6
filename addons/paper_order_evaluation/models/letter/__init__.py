from . import (
    paper_evaluation,
    sale_order,
)
