"""How a document moves, and what of it a hand may write."""

# In the order in which they inherit.
from . import paper_guarded_mixin
from . import paper_step_mixin
