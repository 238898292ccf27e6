from . import (
    base_partner_merge,
    paper_contract_blanks,
    paper_contract_compare,
    paper_contract_evidence,
    paper_contract_sign,
)
