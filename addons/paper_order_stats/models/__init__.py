from . import paper_desk
