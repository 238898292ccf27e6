"""The demo mill's books."""

from . import paper_mill_demo
