"""A mill set up from nothing: what is still to be done, step by step."""

from . import paper_setup_step
