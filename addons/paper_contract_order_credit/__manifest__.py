{
    "name": "Paper Mill: Credit Conditions in Contracts",
    "summary": "Compares a contract with the payment terms, prepayment and guarantee that credit asks for",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_contract", "paper_order_credit"],
    "auto_install": True,
}
