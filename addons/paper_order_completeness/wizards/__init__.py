from . import paper_completion_wizard
