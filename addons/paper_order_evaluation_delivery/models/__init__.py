from . import delivery_carrier
from . import paper_evaluation
from . import paper_evaluation_opinion
from . import sale_order
