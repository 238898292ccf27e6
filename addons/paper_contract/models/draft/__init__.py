"""The contract itself: its states, who takes which step, drafting, taking back, ending."""

from . import paper_contract_part, paper_contract
