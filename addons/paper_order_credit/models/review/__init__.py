"""The customer's credit: his evidence, what the department decides, and the orders that it holds."""

from . import paper_credit_review
from . import paper_credit_document, res_partner, sale_order
