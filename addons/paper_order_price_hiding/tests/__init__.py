from . import test_prices_hidden
