from . import paper_mill_demo
from . import paper_mill_demo_evaluations
from . import paper_mill_demo_plan
