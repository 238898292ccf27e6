"""What paper is ordered as: grade, specification and its limits, the product that is paper."""

# The mixin first: the specification inherits it.
from . import paper_agreed_mixin
from . import paper_grade, paper_spec, paper_spec_limit, product_product, product_template
from . import res_company, res_config_settings, uom_uom
