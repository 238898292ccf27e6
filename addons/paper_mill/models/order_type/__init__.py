"""Orders that are no standard ones."""

from . import paper_mill_demo
