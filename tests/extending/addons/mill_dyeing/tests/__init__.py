from . import test_dyeing
