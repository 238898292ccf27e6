from . import test_order_inspection
