from . import paper_roll_entry, paper_trim_fault, paper_trim_typing
