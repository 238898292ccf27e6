"""What keeps an arrival from becoming an order, in sentences, each at its field."""

from . import paper_intake_message
