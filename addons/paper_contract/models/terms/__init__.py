"""The order says what its contract says: terms compared, what follows or is refused, what moved behind the order."""

from . import paper_contract, paper_spec, res_partner, sale_order, sale_order_line
