from . import paper_completion_wizard, paper_quick_order
