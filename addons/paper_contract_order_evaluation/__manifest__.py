{
    "name": "Paper Mill: Promise of the Evaluation in Contracts",
    "summary": "Compares a contract with the date, the conditions and the machine hours that the evaluation gave",
    "version": "19.0.1.0.1",
    "category": "Manufacturing/Paper",
    "license": "AGPL-3",
    "author": "Paper Mill Order Management",
    "depends": ["paper_contract", "paper_order_evaluation"],
    "auto_install": True,
    "data": ["views/paper_contract_views.xml", "views/paper_evaluation_views.xml"],
}
