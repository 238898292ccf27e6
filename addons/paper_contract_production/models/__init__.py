from . import (
    paper_contract,
    paper_contract_change,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
)
