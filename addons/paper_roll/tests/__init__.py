from . import test_disposition, test_labels, test_roll_identity, test_roll_tree
