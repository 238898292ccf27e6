from . import (
    mgmtsystem_nonconformity,
    mrp_production,
    paper_spec_limit,
    qc_inspection,
    qc_inspection_final,
    qc_inspection_line,
    qc_test_question,
    res_company,
    res_config_settings,
    stock_lot,
    stock_move,
    stock_rule,
)
