"""When work orders run: the scheduler of the promises puts them on the machines as well."""

from . import mrp_production
from . import mrp_workorder
from . import sale_order
from . import sale_order_line
from . import stock_rule
