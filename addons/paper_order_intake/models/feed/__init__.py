from . import paper_intake_secret, paper_intake_channel, paper_intake_message
