from . import (
    test_deckle,
    test_indexes,
    test_mto_route,
    test_order_progress,
    test_order_to_stock,
    test_plan_approval,
    test_plan_lock,
    test_produce_gate,
    test_production_company,
    test_production_record,
    test_production_steps,
    test_query_count,
)
