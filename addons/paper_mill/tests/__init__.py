from . import test_administrator, test_demo_stages, test_departments, test_prints
