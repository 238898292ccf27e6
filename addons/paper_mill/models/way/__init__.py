"""The way of an order through the demo mill."""

from . import paper_mill_demo
