from . import test_shift
