from . import paper_intake_channel, paper_intake_column
