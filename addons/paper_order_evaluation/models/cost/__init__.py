from . import (
    paper_evaluation,
    paper_evaluation_opinion,
    product_category,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
)
