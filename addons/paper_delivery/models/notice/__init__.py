"""The dispatch notice, from the order to logistics."""

from . import paper_dispatch_notice, paper_dispatch_notice_line
from . import res_company, res_config_settings, sale_order
