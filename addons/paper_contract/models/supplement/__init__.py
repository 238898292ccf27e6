"""A contract in force is changed by a supplement, until the last date for changes or with consent."""

from . import paper_contract, paper_contract_change, res_company, res_config_settings, sale_order
