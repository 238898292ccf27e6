from . import test_call_off
