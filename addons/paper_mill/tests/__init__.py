from . import test_administrator
from . import test_demo_stages, test_departments, test_every_form
