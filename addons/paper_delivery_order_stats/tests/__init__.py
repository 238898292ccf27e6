from . import test_accepted
