"""A serious case: what departments answer, the meeting, the decision and its settlement (R7.1.2)."""

from . import paper_case_meeting, paper_case_decision, paper_case_settlement, helpdesk_ticket, sale_order
