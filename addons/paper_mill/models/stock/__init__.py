"""Paper for stock on the plan, pulp on its way."""

from . import paper_mill_demo
