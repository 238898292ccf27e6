from . import paper_calendar_day, paper_intake_message, res_users
