from .ledger import test_credit_ledger
from .review import (
    test_credit_blocker,
    test_credit_company,
    test_credit_concurrency,
    test_credit_evidence,
    test_credit_order_type,
    test_credit_portal,
    test_credit_query_count,
    test_credit_review,
    test_credit_rights,
    test_credit_steps,
    test_credit_tour,
)
from .suspension import test_credit_hold
