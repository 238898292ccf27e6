from . import test_credit_terms
