from . import test_late_change, test_planned_order
