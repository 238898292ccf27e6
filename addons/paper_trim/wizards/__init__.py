from . import paper_trim_fault, paper_trim_typing
