from . import test_contract_certified
