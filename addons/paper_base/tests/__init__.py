from . import (
    test_blockers,
    test_calendar,
    test_deadline,
    test_departments,
    test_milestones,
    test_order_line_quantity,
    test_override,
    test_query_count,
    test_spec_geometry,
    test_spec_lock,
    test_spec_names,
    test_tours,
)
