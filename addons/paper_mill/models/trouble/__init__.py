"""What goes wrong."""

from . import paper_mill_demo
