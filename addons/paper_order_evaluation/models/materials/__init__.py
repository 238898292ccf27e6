"""The question of materials: when those of each line are there, and by whom (R3.3.3)."""

from . import (
    paper_evaluation,
    paper_evaluation_opinion,
    purchase_order_line,
    sale_order_line,
    res_company,
    res_config_settings,
)
