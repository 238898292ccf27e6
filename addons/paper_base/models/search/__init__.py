"""One box for every number that people have in their hands: roll, order, contract, note, plate, phone, customer."""

from . import paper_search, res_partner, sale_order
