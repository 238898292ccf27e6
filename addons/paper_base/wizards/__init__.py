from . import paper_blocker_override_wizard, paper_calendar_import
