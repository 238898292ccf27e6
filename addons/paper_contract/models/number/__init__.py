"""Numbers of contracts and of confirmed orders, without gaps where the mill wants that."""

from . import ir_sequence, res_company, res_config_settings, sale_order
