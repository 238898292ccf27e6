from . import test_inspected_ranges
