"""The documents of a contract, whether they are as they were recorded, its whole case as one PDF."""

from . import paper_contract, paper_contract_case_export, paper_contract_document
