"""Visits: when customers are visited, what is found, and that each finding is told (R7.2.1, R7.2.2)."""

from . import paper_visit_finding, paper_visit_rule, paper_quality_visit, helpdesk_ticket, survey_question
