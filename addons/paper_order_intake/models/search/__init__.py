"""What the search box finds of arrivals."""

from . import paper_search
