"""The nightly check of files, contracts and entries, and what it found."""

from . import paper_contract_check, paper_contract_finding, paper_contract_register
