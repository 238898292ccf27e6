"""What each machine can make, and what a specification asks of it."""

from . import mrp_workcenter
from . import paper_machine_capability
from . import paper_machine_limit
from . import paper_machine_speed
from . import paper_spec
