"""The question of cost and profit: each line's price against its expected cost (R3.3.5)."""

from . import (
    paper_evaluation,
    paper_evaluation_opinion,
    product_category,
    res_company,
    res_config_settings,
    sale_order,
    sale_order_line,
)
