from . import paper_late_change
