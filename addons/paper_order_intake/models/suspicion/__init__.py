from . import paper_intake_message, paper_intake_suspicion
