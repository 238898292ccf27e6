from . import (
    ir_actions_report,
    mgmtsystem_nonconformity,
    mrp_production,
    paper_spec_limit,
    qc_inspection,
    qc_inspection_certificate,
    qc_inspection_entry,
    qc_inspection_final,
    qc_inspection_line,
    qc_test_question,
    res_company,
    res_config_settings,
    res_users,
    stock_lot,
    stock_lot_certificate,
    stock_move,
    stock_reference,
    stock_rule,
)

# Its class of stock.move stands on the one above, which calls it.
from . import gate
