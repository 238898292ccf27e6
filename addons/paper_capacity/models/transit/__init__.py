"""What a promised date reckons with: the way to the customer, slots held, overtime."""

from . import res_company
from . import res_config_settings
from . import res_partner
from . import sale_order_line
