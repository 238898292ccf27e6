from . import test_shop_facts
