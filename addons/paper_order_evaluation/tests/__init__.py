from . import (
    test_capacity_plan,
    test_evaluation_access,
    test_evaluation_blockers,
    test_evaluation_facts,
    test_evaluation_flow,
    test_evaluation_opinions,
)
