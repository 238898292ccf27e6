from . import maintenance_equipment
from . import maintenance_plan
from . import maintenance_request
from . import mrp_workcenter
from . import paper_desk
