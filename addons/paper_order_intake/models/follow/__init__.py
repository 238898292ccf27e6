"""What a customer says later about an order that is there: it finds that order, and who handles it."""

from . import paper_intake_message, sale_order
