"""The inspection and its questions."""

from . import paper_spec_limit, qc_inspection, qc_inspection_line, qc_test_question
from . import res_company, res_config_settings, stock_lot
