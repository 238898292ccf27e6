from . import (
    test_administrator,
    test_demo_filling,
    test_demo_stages,
    test_departments,
    test_every_form,
    test_later_mails,
    test_menus,
    test_order_by_line,
    test_order_form,
    test_overridden,
    test_prints,
    test_upgrade,
)
