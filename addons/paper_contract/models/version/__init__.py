"""Each version of the text, kept and compared."""

from . import paper_contract, paper_contract_version
