from . import paper_credit_ledger, paper_credit_review
