"""What was read of a customer's letter: taken where it is certain, else a filled proposal beside the original."""

from . import paper_intake_message
