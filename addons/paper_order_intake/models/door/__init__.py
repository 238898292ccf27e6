from . import paper_intake_channel
