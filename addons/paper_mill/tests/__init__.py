from . import test_demo_filling, test_demo_stages, test_departments, test_upgrade
