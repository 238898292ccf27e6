"""What orders need of materials: bills of materials exploded and netted against stock and receipts (R3.3.3)."""

from . import (
    paper_evaluation,
    paper_material_claim,
    sale_order_line,
)
