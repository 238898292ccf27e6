{
    "name": "Paper Mill: Complaints and Contracts",
    "summary": "The time for claims is the contract's",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_aftersales", "paper_contract"],
    "auto_install": True,
}
