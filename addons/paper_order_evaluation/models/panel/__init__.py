from . import (
    paper_evaluation_dimension,
    paper_evaluation,
    paper_evaluation_opinion,
    paper_delegation,
    res_company,
    res_config_settings,
    sale_order,
)
