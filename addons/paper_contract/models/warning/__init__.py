"""What a lawyer would warn of, to be answered or noted before legal accepts."""

from . import account_payment_term, paper_contract, paper_contract_warning, sale_order
