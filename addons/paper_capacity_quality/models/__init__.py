from . import mrp_production
from . import paper_machine_capability
from . import paper_machine_inspected
from . import res_company
from . import res_config_settings
