"""What there is to do, on everybody's desk."""

from . import paper_desk
