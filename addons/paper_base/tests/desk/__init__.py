from . import test_desk, test_standing
