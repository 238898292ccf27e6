"""The unified social credit code of a Chinese company (GB 32100), and what is wrong with one. No odoo here.

>>> credit_code_fault("91110000600037341L")
>>> credit_code_fault("91110000600037341M")
'check_digit'
>>> credit_code_fault("1101050123456")
'length'
>>> credit_code_fault("91I100006000373410")
'format'
"""

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, InvalidLength, ValidationError


def credit_code_fault(code):
    """Return what is wrong with a code: "length", "format", "check_digit" (GB 32100); None if nothing is."""
    try:
        uscc.validate(code)
    except InvalidLength:
        return "length"
    except InvalidChecksum:
        return "check_digit"
    except ValidationError:
        return "format"
    return None
