"""The legal review: its deadline, rounds, whose turn it is, opinions on clauses, stand-ins."""

from . import (
    paper_delegation,
    paper_contract,
    paper_contract_opinion,
    paper_contract_review,
    res_company,
    res_config_settings,
)
