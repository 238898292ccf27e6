"""What there is to do, on everybody's desk; the figures of the management."""

from . import paper_desk
