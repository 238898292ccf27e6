from .alternative import test_evaluation_portal
from .capacity import test_capacity_plan, test_one_capacity
from .cost import test_evaluation_cost
from .figures import (
    test_assessment_queries,
    test_assessment_upgrade,
    test_evaluation_by_line,
    test_evaluation_facts,
    test_evaluation_first_evidence,
)
from .letter import test_evaluation_letter
from .materials import test_assessment_oracle, test_evaluation_materials
from .panel import (
    test_evaluation_access,
    test_evaluation_blockers,
    test_evaluation_concurrency,
    test_evaluation_dimensions,
    test_evaluation_flow,
    test_evaluation_members,
    test_evaluation_opinions,
    test_evaluation_steps,
    test_evaluation_tours,
    test_order_cancelled,
    test_order_type_panel,
)
from .price import test_evaluation_price
from .promise import test_capacity_slots
from .question import test_evaluation_questions
from .revision import test_evaluation_revision
from .technical import test_evaluation_technical
