"""What stands in a letter and was not read, in words, beside the original."""

from . import paper_intake_message
