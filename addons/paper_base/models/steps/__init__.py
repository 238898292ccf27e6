from . import paper_step_mixin
