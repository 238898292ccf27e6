from . import paper_material_claim
