"""Standard, sample, framework, call-off, stock or toll: what differs."""

from . import paper_customer_material, res_company, res_config_settings, sale_order
