from . import paper_evaluation, paper_evaluation_opinion, paper_contract, paper_contract_supplement, sale_order
