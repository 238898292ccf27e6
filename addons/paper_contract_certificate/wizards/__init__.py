from . import paper_contract_evidence
