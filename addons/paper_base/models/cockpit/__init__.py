"""What the management is told of the mill beside its orders."""

from . import paper_desk
