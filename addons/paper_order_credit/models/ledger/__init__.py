"""What the books say of a customer, and what the mill's rules propose of it."""

from . import paper_credit_ledger, paper_credit_review
