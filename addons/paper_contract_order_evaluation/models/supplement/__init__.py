"""A supplement goes through the panel."""

from . import paper_contract, paper_contract_change
