from . import test_case_facts, test_complaint_columns
