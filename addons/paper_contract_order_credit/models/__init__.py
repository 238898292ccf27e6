from . import paper_contract, sale_order
