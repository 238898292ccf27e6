"""Figures that some departments do not see: costs, and whatever other kind an addon adds."""

# The mixin first: what is priced inherits it.
from . import paper_figures_hidden
from . import product_product, product_supplierinfo, product_template
