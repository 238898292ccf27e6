from . import test_freight
