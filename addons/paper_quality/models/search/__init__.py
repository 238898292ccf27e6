"""What the search box finds of rolls and pallets."""

from . import paper_search
