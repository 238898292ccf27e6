from . import ir_http
from . import paper_mill_demo
from . import paper_mill_demo_accounting
from . import paper_mill_demo_evaluations
from . import paper_mill_demo_plan
from . import paper_mill_demo_troubles
from . import paper_mill_demo_types
from . import paper_mill_demo_filling
