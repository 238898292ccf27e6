"""What orders need of materials: recipes and supply, and what orders that are not yet made take of it."""

from . import paper_material_claim, product_product
