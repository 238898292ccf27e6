from . import paper_credit_ledger
