from . import test_disposition, test_roll_identity, test_roll_tree
