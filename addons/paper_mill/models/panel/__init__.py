"""Every way an evaluation can go."""

from . import paper_mill_demo
