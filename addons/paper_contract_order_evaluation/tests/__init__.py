from . import test_promise, test_supplement_panel
