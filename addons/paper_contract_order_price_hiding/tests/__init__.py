from . import test_contract_letters
