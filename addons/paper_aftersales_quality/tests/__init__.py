from . import test_complaint_case
