"""How the installation is: one page for who keeps it, and the same lines for ``./mill doctor``."""

from . import paper_health
