"""What is billed: the weight that the customer accepted, as the contract weighs it."""

from . import paper_delivery_receipt, res_company, res_config_settings, sale_order_line
