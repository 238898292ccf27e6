"""Orders that a plan brings later than was promised: named before it is approved."""

from . import paper_production_plan
