"""The copies of the departments, with prices and without, and until when they are read."""

from . import (
    paper_contract,
    paper_contract_copy,
    paper_contract_copy_department,
    res_company,
    res_config_settings,
)
