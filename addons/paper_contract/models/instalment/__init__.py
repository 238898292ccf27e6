"""The schedule of a contract that is delivered in several parts."""

from . import paper_contract, paper_contract_instalment
