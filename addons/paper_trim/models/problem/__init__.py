"""The trim problem: what is to be cut on which winder, and its steps."""

from . import paper_trim_part, paper_trim_item, paper_trim_problem, paper_trim_reel
