"""What the search box finds of dispatch and delivery."""

from . import paper_search
