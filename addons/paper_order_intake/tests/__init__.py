from . import (
    test_arrival,
    test_company,
    test_completeness,
    test_completion_page,
    test_completion_request,
    test_credit_blocker,
    test_credit_review,
    test_order_book,
    test_query_count,
    test_receive,
    test_required_fact,
    test_rights,
)
