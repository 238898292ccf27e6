"""The results of a trim problem: patterns from edge to edge, whose their pieces are, and the sets that are wound."""

from . import paper_trim_result, paper_trim_pattern, paper_trim_cut, paper_trim_set
