from . import paper_completion_wizard, paper_intake_secret_shown, paper_quick_order
