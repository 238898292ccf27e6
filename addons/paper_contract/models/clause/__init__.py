"""What a contract says: clauses from templates, their fields filled from the order and its specifications."""

from . import (
    paper_contract_element,
    paper_contract_clause_template,
    paper_contract,
    paper_contract_clause,
    paper_spec,
    paper_spec_limit,
    sale_order_line,
)
