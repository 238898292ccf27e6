from . import (
    paper_contract_blanks,
    paper_contract_blanks_place,
    paper_contract_compare,
    paper_contract_evidence,
    paper_contract_sign,
)
