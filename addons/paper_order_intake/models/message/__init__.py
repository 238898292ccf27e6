"""What arrives: the arrival as it came, moved by its steps alone."""

from . import paper_intake_message
