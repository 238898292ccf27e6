from . import (
    test_administrator,
    test_demo_filling,
    test_demo_stages,
    test_departments,
    test_every_form,
    test_order_by_line,
    test_overridden,
    test_prints,
    test_upgrade,
)
