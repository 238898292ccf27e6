"""A reviewed contract is fixed, printed and sent: the links to read and to sign, and for how long they are valid."""

from . import ir_actions_report, ir_http, paper_contract, res_company, res_config_settings
