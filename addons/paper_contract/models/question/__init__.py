"""What customers ask about a contract in the portal, and the answers."""

from . import paper_contract, paper_contract_question
