from . import test_contract_window
