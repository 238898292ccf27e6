from . import paper_mill_demo
