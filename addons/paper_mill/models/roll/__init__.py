"""Jumbo reels made into sets, rolls and pallets; some held, some culled."""

from . import paper_mill_demo
