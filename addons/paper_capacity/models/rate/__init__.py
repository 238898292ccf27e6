"""How fast a machine makes a specification, and whether it makes it at all: asked by promise, cost, plan and work order."""

from . import mrp_bom
from . import mrp_bom_line
from . import mrp_production
from . import mrp_routing_workcenter
from . import mrp_workcenter
from . import mrp_workorder
from . import paper_machine_capability
