"""The people that a shift of a machine needs, and those that it has."""

from . import paper_crew_capacity
