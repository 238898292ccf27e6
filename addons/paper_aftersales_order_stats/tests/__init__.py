from . import test_complaint_columns
