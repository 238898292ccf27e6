from . import paper_roll_convert, paper_roll_convert_line
