from . import test_transit_case
