"""What came in by a marketplace."""

from . import paper_mill_demo
