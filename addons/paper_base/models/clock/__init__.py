"""Deadlines in working days of the mill's calendar; the mill's day, hours and holidays."""

from . import paper_calendar_day, paper_deadline_mixin, res_company, res_config_settings
from . import resource_calendar, resource_calendar_attendance, resource_calendar_leaves
