"""Approved plans against what their machines can keep: a breakdown is told, and the hours that it takes."""

from . import maintenance_request, paper_production_plan, resource_calendar_leaves
