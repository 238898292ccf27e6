from . import (
    paper_evaluation,
    paper_material_claim,
    sale_order_line,
)
