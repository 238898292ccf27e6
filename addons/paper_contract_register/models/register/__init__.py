"""The entries: what they hold, their chain, their search by words."""

from . import (
    paper_contract,
    paper_contract_document,
    paper_contract_register,
    res_company,
    res_config_settings,
)
