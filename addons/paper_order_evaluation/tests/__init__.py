from . import (
    test_capacity_plan,
    test_evaluation_access,
    test_evaluation_blockers,
    test_evaluation_facts,
    test_evaluation_flow,
    test_evaluation_letter,
    test_evaluation_members,
    test_evaluation_opinions,
    test_evaluation_price,
    test_evaluation_questions,
    test_evaluation_revision,
)
