"""Links for people without login: only the hash is kept."""

# The table of links before what issues them.
from . import paper_link
from . import paper_link_mixin
from .log_filter import install

install()
