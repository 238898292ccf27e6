from . import paper_intake_message
