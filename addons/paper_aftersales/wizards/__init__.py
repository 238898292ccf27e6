from . import paper_case_tell
