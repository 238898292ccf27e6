from . import test_trim_partners
