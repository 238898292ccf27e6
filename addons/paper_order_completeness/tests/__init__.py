from .facts import (
    test_completeness,
    test_completeness_query_count,
    test_past_date,
    test_quick_order_facts,
    test_required_fact,
)
from .request import (
    test_completion_page,
    test_completion_request,
    test_completion_rights,
    test_completion_steps,
    test_completion_tour,
)
