from . import paper_evaluation, paper_evaluation_opinion, paper_contract, sale_order

# A supplement goes through the panel, too.
from . import supplement
