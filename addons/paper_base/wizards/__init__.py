from . import paper_calendar_import, paper_reason_wizard
