# The table of links before what issues them.
from . import paper_link
from . import paper_link_mixin
