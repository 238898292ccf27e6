"""Who has an arrival and until when: handed over to sales, late, escalated."""

from . import paper_calendar_day, paper_intake_message, res_users
