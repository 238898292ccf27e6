from . import test_shop, test_shop_lines, test_shop_suspicion, test_shop_tour
