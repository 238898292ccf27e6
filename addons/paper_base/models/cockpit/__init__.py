"""The figures of the whole mill, which the management and who keeps the system see above their desk."""

from . import paper_desk
