"""The shop floor: tablets, process cards, what a shift reported, and a note that waits for the warehouse."""

from . import paper_mill_demo
