"""Customer and company sign, the evidence of it is kept, and the contract comes into force."""

from . import paper_contract, paper_contract_signature
