from . import paper_step_mixin
from . import acts
