from . import (
    paper_intake_handover,
    paper_intake_secret_shown,
    paper_quick_paper,
    paper_quick_order,
    paper_quick_order_item,
)
