"""What orders that are not yet made take of stock and receipts."""

from . import paper_material_claim
