"""What the mill did before the system came."""

from . import paper_mill_demo
