from . import paper_contract, paper_contract_signature, paper_contract_trust_root
