{
    "name": "Paper Mill: Documents of Contracts Hidden with their Prices",
    "summary": "Who reads contracts with prices reads those of orders; documents of contracts are kept from all others",
    "version": "19.0.1.0.0",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_contract", "paper_order_price_hiding"],
    "auto_install": True,
    "data": ["security/paper_contract_order_price_hiding_groups.xml"],
}
