from . import paper_credit_review
from . import paper_credit_document, res_partner, sale_order
