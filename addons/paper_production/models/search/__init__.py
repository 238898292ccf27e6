"""What the search box finds of production."""

from . import mrp_production, paper_search
