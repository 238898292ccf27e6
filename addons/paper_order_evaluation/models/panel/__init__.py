"""The panel itself: its questions, its members and their opinions, and how it decides (R3.3.1)."""

from . import (
    paper_evaluation_dimension,
    paper_evaluation,
    paper_evaluation_opinion,
    paper_delegation,
    res_company,
    res_config_settings,
    sale_order,
)
