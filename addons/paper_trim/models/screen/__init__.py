"""What the screen draws, typed patterns, and the trim round a fault."""

from . import paper_trim_problem
