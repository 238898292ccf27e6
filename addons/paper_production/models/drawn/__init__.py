"""The board of the campaigns: what it draws."""

from . import paper_plan_version, paper_production_plan
