from . import test_conversion, test_disposition, test_labels, test_roll_identity, test_roll_tree, test_telling
