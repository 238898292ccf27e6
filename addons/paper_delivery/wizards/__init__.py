from . import paper_delivery_proof
