"""What the search box finds of contracts."""

from . import paper_search
