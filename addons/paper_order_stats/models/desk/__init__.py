"""What the statistics say on people's desks."""

from . import paper_desk
