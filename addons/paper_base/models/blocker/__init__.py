"""What stands in the way of a step of an order, and who lets it go on all the same."""

from . import paper_blocker_override, sale_order
