# In the order in which they inherit.
from . import paper_guarded_mixin
from . import paper_step_mixin
