from . import (
    test_delivered_quantity,
    test_delivery_by_line,
    test_delivery_note,
    test_delivery_steps,
    test_dispatch_gate,
    test_dispatch_notice,
    test_indexes,
    test_loading_check,
    test_paper_passage,
    test_order_progress,
    test_portal_proof,
    test_proof,
)
