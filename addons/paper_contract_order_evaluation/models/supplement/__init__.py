from . import paper_contract, paper_contract_change
