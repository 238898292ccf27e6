from . import test_contract_register, test_register_kept
